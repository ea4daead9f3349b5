"""Copying a page as Markdown: the button at its head, in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.patience import PATIENCE
from playwright.sync_api import Browser, BrowserContext, Page, expect

LABEL = "Copy page as Markdown"
SAID = ".copy-page-status"


@pytest.fixture
def context(browser: Browser, site_url: str) -> Iterator[BrowserContext]:
    """One in which the clipboard may be read, and a download may fail."""
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site_url)
    context.set_default_timeout(1000 * PATIENCE)
    yield context
    context.close()


def clipboard(page: Page) -> str:
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def test_the_button_copies_the_page_by_keyboard(
    context: BrowserContext, site: Path, site_url: str
) -> None:
    page = context.new_page()
    page.goto(f"{site_url}wsgi/#environ")
    page.get_by_role("button", name=LABEL).focus()
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_have_text("Copied")
    expect(page.locator(SAID)).to_have_role("status")
    assert clipboard(page) == (site / "wsgi/index.md").read_text()


def test_after_instant_navigation_it_copies_the_new_page(
    context: BrowserContext, site: Path, site_url: str
) -> None:
    page = context.new_page()
    page.goto(f"{site_url}wsgi/")
    page.evaluate("globalThis.notReloaded = true")
    page.get_by_role("link", name="Next: ASGI").click()
    page.wait_for_url(f"{site_url}asgi/")
    expect(page.locator("h1")).to_contain_text("ASGI")
    page.get_by_role("button", name=LABEL).click()
    expect(page.locator(SAID)).to_have_text("Copied")
    assert page.evaluate("globalThis.notReloaded")
    assert clipboard(page) == (site / "asgi/index.md").read_text()


@pytest.mark.parametrize("status", [404, None])
def test_a_failure_is_said_with_a_way_on(
    context: BrowserContext, site_url: str, status: int | None
) -> None:
    page = context.new_page()
    page.goto(f"{site_url}wsgi/")
    page.route(
        "**/index.md", lambda route: route.fulfill(status=status) if status else route.abort()
    )
    page.get_by_role("button", name=LABEL).click()
    expect(page.locator(SAID)).to_have_text("Not copied. Open the Markdown")
    link = page.get_by_role("link", name="Open the Markdown")
    expect(link).to_have_attribute("href", f"{site_url}wsgi/index.md")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_button_is_large_enough_for_a_finger(page: Page, site_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site_url}servers/capabilities/")
    box = page.get_by_role("button", name=LABEL).bounding_box()
    assert box
    assert box["width"] >= 44
    assert box["height"] >= 44
    assert 0 <= box["x"] <= width - box["width"]


def test_there_is_no_button_without_javascript(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}wsgi/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name=LABEL)).to_have_count(0)
    context.close()
