"""The search finds what readers look for by the words that they use; in Chromium."""

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(
    ("typed", "title", "path"),
    [
        ("SSE", "Server-sent events", "practice/server-sent-events/"),
        ("deploy", "Servers", "servers/"),
    ],
)
def test_first_result(page: Page, site_url: str, typed: str, title: str, path: str) -> None:
    page.goto(site_url)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type(typed)
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text(title)
    link = first.get_by_role("link").first
    assert (link.get_attribute("href") or "").partition("?")[0] == site_url + path
