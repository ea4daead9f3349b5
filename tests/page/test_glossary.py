"""A term is explained to who points at it, who moves to it with the keyboard, and who taps it."""

import pytest
from playwright.sync_api import Page, expect

TERM = "article abbr.term"


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_term_is_explained(page: Page, site_url: str, way: str) -> None:
    page.goto(f"{site_url}comparison/")
    page.wait_for_load_state("networkidle")
    term = page.locator(TERM).first
    explanation = term.get_attribute("title")
    assert explanation
    if way == "pointer":
        term.hover()
    else:
        term.focus()
    tooltip = page.get_by_role("tooltip")
    expect(tooltip).to_have_text(explanation)
    described_by = term.get_attribute("aria-describedby")
    assert described_by == tooltip.get_attribute("id")
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    expect(tooltip).to_have_count(0)


def test_explanation_stays_within_a_phone(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site_url}comparison/")
    page.wait_for_load_state("networkidle")
    for term in page.locator(TERM).all()[:5]:
        term.focus()
        expect(page.get_by_role("tooltip")).to_have_count(1)
        box = page.locator(".md-tooltip2__inner").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.evaluate("document.activeElement.blur()")
        expect(page.get_by_role("tooltip")).to_have_count(0)
