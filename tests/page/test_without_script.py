"""A page without scripts: examples are text, and no word tells to press what is not there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page whose scripts do not run."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_page_says_that_examples_do_not_run(plain: Page, site_url: str) -> None:
    plain.goto(f"{site_url}mistakes/")
    expect(plain.get_by_text("JavaScript is off")).to_be_visible()
    expect(plain.locator(".pressing").first).to_be_hidden()
    expect(plain.locator("runnable-example pre").first).to_be_visible()


def test_address_leads_into_what_is_not_laid_out_yet(plain: Page, site_url: str) -> None:
    plain.goto(f"{site_url}mistakes/#without-close")
    expect(plain.locator("#without-close")).to_be_in_viewport()


def test_page_with_scripts_says_nothing_of_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}mistakes/")
    expect(page.get_by_text("JavaScript is off")).to_be_hidden()
    expect(page.locator(".pressing").first).to_be_visible()
