"""Every page, in light and dark, holds the rules that axe checks: Lighthouse's accessibility."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from helpers.paths import ROOT
from playwright.sync_api import Page, expect

from runnable.harness.in_page import call_in_page

AXE = ROOT / "node_modules/axe-core/axe.min.js"
FINDINGS = Path(__file__).with_name("accessibility.js")


def addresses() -> list[str]:
    """Every page's address below the site's, as the built sitemap names them."""
    sitemap = ROOT / "site/sitemap.xml"
    if not sitemap.exists():
        return []
    found = [node.text or "" for node in ET.parse(sitemap).iterfind(".//{*}loc")]
    base = min(found, key=len)
    return [address.removeprefix(base) for address in found]


def test_there_are_pages() -> None:
    assert len(addresses()) > 20


@pytest.mark.parametrize("address", addresses())
def test_page_is_accessible(page: Page, site_url: str, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site_url + address)
    page.evaluate(AXE.read_text("utf-8"))
    whole = page.locator("html")
    assert call_in_page(whole, FINDINGS, "findings") == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert call_in_page(whole, FINDINGS, "findings", True) == []
