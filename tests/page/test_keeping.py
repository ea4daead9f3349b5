"""What becomes of an edit: taken away, in two tabs, without storage; in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.element import HELLO, expect_state, find, press, set_source
from helpers.patience import PATIENCE
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

REFUSE_STORAGE = Path(__file__).with_name("refuse_storage.js")
OTHER = HELLO.replace("edited hello", "hello of the other tab")


def source(example: Locator) -> str:
    text = example.evaluate("element => element.source")
    assert isinstance(text, str)
    return text


@pytest.fixture
def context(browser: Browser, site_url: str) -> Iterator[BrowserContext]:
    """One in which the clipboard may be read."""
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site_url)
    context.set_default_timeout(1000 * PATIENCE)
    yield context
    context.close()


def test_an_edited_file_is_copied_and_downloaded(
    context: BrowserContext, site_url: str, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    set_source(example, HELLO)
    press(example, "Copy")
    expect(example.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == HELLO
    with page.expect_download() as download:
        press(example, "Download")
    assert download.value.suggested_filename == "bare_asgi_app.py"
    download.value.save_as(tmp_path / "app.py")
    assert (tmp_path / "app.py").read_text() == HELLO


def test_two_tabs_tell_each_other(page: Page, example: Locator) -> None:
    other_page = page.context.new_page()
    other_page.goto(page.url)
    other = find(other_page, "hello/bare_asgi_app.py")
    expect_state(other, "idle")
    set_source(example, HELLO)
    told = other.get_by_text("Another tab has edited this example")
    expect(told).to_be_visible()
    set_source(other, OTHER)  # all the same
    expect(example.get_by_text("Another tab has edited this example")).to_be_visible()
    assert source(example) == HELLO

    press(example, "Keep this one")
    press(other, "Take it over")
    assert source(other) == HELLO
    expect(told).to_be_hidden()
    page.reload()
    assert source(example) == HELLO
    other_page.close()


def test_going_back_keeps_an_edit(page: Page, example: Locator) -> None:
    set_source(example, HELLO)
    page.get_by_role("link", name="WSGI", exact=True).first.click()
    expect_state(find(page, "hello/bare_wsgi_app.py"), "idle")
    page.go_back()
    expect_state(example, "idle")
    assert source(example) == HELLO


def test_without_storage_the_page_works_and_says_what_is_not_kept(
    page: Page, site_url: str
) -> None:
    page.add_init_script(path=REFUSE_STORAGE)
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    expect(example.locator(".highlight").get_by_role("button", name="Copy")).to_be_attached()
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("lifespan")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    set_source(example, HELLO)
    expect(example.get_by_text("The browser keeps nothing for this site")).to_be_visible()
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")
    # As long as the document lives, so does the edit.
    page.get_by_role("link", name="WSGI", exact=True).first.click()
    expect_state(find(page, "hello/bare_wsgi_app.py"), "idle")
    page.go_back()
    expect_state(example, "idle")
    assert source(example) == HELLO
