"""Every page, in light and dark, holds the rules that axe checks: Lighthouse's accessibility."""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from helpers.paths import ROOT
from playwright.sync_api import Page

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", addresses())
def test_page_is_accessible(
    page: Page, site_url: str, address: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site_url + address)
    page.add_script_tag(path=AXE)
    source = "data:text/javascript," + quote(FINDINGS.read_text("utf-8"))
    assert page.evaluate("async (source) => (await import(source)).default", source) == []
