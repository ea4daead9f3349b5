"""The diagrams: text without JavaScript, else drawn, by a Mermaid that this site serves."""

import re

import pytest
from helpers.paths import ROOT
from playwright.sync_api import Browser, Page, expect

PAGES = [
    path.relative_to(ROOT / "docs").with_suffix("").as_posix()
    for path in sorted(ROOT.glob("docs/**/*.md"))
    if re.search(r"^ *``` mermaid$", path.read_text("utf-8"), re.MULTILINE)
]


def test_every_server_has_a_diagram() -> None:
    servers = {path.stem for path in ROOT.glob("docs/servers/*.md")} - {"capabilities", "index"}
    assert {f"servers/{server}" for server in servers} <= set(PAGES)


# That no request leaves the site, the fixture sees to.
@pytest.mark.parametrize("name", PAGES)
def test_diagram_is_drawn_and_described(page: Page, site_url: str, name: str) -> None:
    page.goto(f"{site_url}{name}/")
    drawing = page.locator("figure.diagram > svg").first
    expect(drawing).to_be_visible()
    expect(drawing.locator(".node").first).to_be_visible()
    expect(page.locator("pre.diagram")).to_have_count(0)
    for part in ("labelledby", "describedby"):
        described = page.locator(f"#{drawing.get_attribute(f'aria-{part}')}")
        assert described.text_content()
    # no wider than a phone
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_diagram_follows_the_scheme(page: Page, site_url: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{site_url}servers/uvicorn/")
    label = page.locator("figure.diagram .node text").first
    colour = "element => getComputedStyle(element).fill"
    light = label.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert label.evaluate(colour) != light


def test_mermaid_is_fetched_where_a_diagram_is(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_url}servers/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/assets/page/diagrams-" in url]
    # instant navigation puts the next page in place
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Uvicorn").first.click()
    expect(page.locator("figure.diagram > svg")).to_be_visible()
    assert page.evaluate("window.same")
    assert [url for url in asked if "/assets/page/diagrams-" in url]


def test_text_stands_for_the_diagram_without_javascript(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{site_url}servers/uvicorn/")
        expect(page.locator("pre.diagram")).to_contain_text("One process holds one event loop.")
    finally:
        context.close()
