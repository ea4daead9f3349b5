"""What paper shows of a page, in Chromium."""

from playwright.sync_api import Page, expect


def test_paper_shows_text_and_nothing_to_press(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}wsgi/")
    expect(page.locator("runnable-example[data-state]").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("button:visible, select:visible, nav:visible")).to_have_count(0)
    link = page.locator(".md-content p a:not(.proof)").first
    assert "underline" in link.evaluate("link => getComputedStyle(link).textDecorationLine")
    mark = page.locator(".proof").first
    expect(mark).to_have_css("border-top-width", "0px")
    for code in page.locator("runnable-example pre > code").all():
        expect(code).to_have_css("white-space", "pre-wrap")
        expect(code).to_be_visible()
    answer = page.locator("details").first
    expect(answer.locator("p:not(.admonition-title)").first).to_be_visible()
