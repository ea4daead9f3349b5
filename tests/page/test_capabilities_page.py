"""The tables of capabilities in Chromium: they fit a phone, and a word leads to what was seen."""

import json
import re

import pytest
from helpers.paths import ROOT
from playwright.sync_api import Page, expect

MATRIX = json.loads((ROOT / "docs/data/capabilities.json").read_text("utf-8"))


@pytest.mark.parametrize("path", ["servers/capabilities/", "servers/gunicorn/"])
def test_wide_table_scrolls_within_itself_on_a_phone(page: Page, site_url: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site_url + path)
    table = page.locator(".capabilities").first
    assert table.evaluate("element => element.scrollWidth > element.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_word_leads_to_what_was_seen(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}servers/waitress/")
    link = page.get_by_role("row", name="Finishes at SIGTERM").get_by_role("link", name="no")
    link.scroll_into_view_if_needed()
    # A reader looks first: Material notes where a scroll ended 100 ms later, for the way back,
    # and takes a page that was opened in between for one that was come back to.
    page.wait_for_timeout(500)
    link.click()
    seen = page.locator("li:has(#finishes-at-sigterm-waitress)")
    seen.wait_for()
    assert page.url.endswith("#finishes-at-sigterm-waitress")
    assert seen.inner_text().startswith("no: waitress")
    expect(seen).to_be_in_viewport(ratio=1)


def test_every_measured_cell_is_shown(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}servers/capabilities/")
    for key, capability in MATRIX["capabilities"].items():
        for server, cell in capability["cells"].items():
            link = page.locator(f'.capabilities a[href$="#{key}-{server}"]')
            assert link.inner_text() == cell["value"], f"{key} of {server}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_page(page: Page, site_url: str, scheme: str) -> None:
    """Their colours have the contrast that WCAG 2.2, 1.4.3 asks for: 4.5 to 1."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site_url}servers/capabilities/")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for value in ("yes", "partly", "no"):
        word = page.locator(f".capabilities a.capability-{value}").first
        colour = word.evaluate("element => getComputedStyle(element).color")
        low, high = sorted((luminance(background), luminance(colour)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{value} is {colour} on {background}"


def luminance(colour: str) -> float:
    """The relative luminance of WCAG, of rgb(…)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
