"""What a page costs before a reader presses Run: the limits that the site keeps."""

from pathlib import Path

import pytest
from helpers.patience import PATIENCE
from playwright.sync_api import Page, expect

from runnable.harness.page_weight import gzipped_sizes

KB = 1000
OURS = "assets/page/"


@pytest.mark.parametrize("path", ["", "wsgi/", "asgi/", "frameworks/flask/"])
def test_a_page_is_light_before_run(page: Page, site: Path, site_url: str, path: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(site_url + path, wait_until="networkidle")
    if page.locator("figure.diagram").count():
        pytest.fail(f"{path} has a diagram, and fetches Mermaid: measure a page without one")
    sizes = gzipped_sizes(asked, site_url, site)
    ours = {name: size for name, size in sizes.items() if name.startswith(OURS)}
    assert ours.keys() == {f"{OURS}{name}" for name in ("page.js", "page.css", "late-search.js")}
    assert sum(f"/{OURS}" in url for url in asked) <= 3
    assert sum(size for name, size in ours.items() if name.endswith(".js")) <= 25 * KB
    assert sum(sizes.values()) <= 140 * KB, sizes


@pytest.mark.parametrize("turn", ["click", "key", "phone", "link"])
def test_the_search_works_once_a_reader_turns_to_it(page: Page, site_url: str, turn: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    if turn == "phone":
        page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site_url}?q=lifespan" if turn == "link" else site_url, wait_until="networkidle")
    index = f"{site_url}search/search_index.json"
    assert (index in asked) == (turn == "link")
    match turn:
        case "click":
            page.get_by_role("textbox", name="Search").click()
        case "key":
            page.keyboard.press("/")
        case "phone":
            page.locator("label.md-header__button[for=__search]").click()
    if turn != "link":
        page.keyboard.type("lifespan")
    results = page.locator(".md-search-result__item")
    expect(results.filter(has_text="Lifespan").first).to_be_visible(timeout=1000 * PATIENCE)
    assert asked.count(index) == 1
