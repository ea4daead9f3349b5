"""What a page costs before a reader presses Run: the limits that the site keeps."""

from pathlib import Path

import pytest
from helpers.patience import wait_until
from playwright.sync_api import Page, expect

from runnable.harness.page_weight import gzipped_sizes

KB = 1000
OURS = "assets/page/"


PAGES = ["", "wsgi/", "asgi/", "frameworks/flask/", "servers/capabilities/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_before_run(page: Page, site: Path, site_url: str, path: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    last = "capabilities-" if "capabilities" in path else "page"
    with page.expect_request(f"**/{OURS}{last}*.js*"):  # on a busy machine, idle may come before
        page.goto(site_url + path, wait_until="networkidle")
    if page.locator("figure.diagram").count():
        pytest.fail(f"{path} has a diagram, and fetches Mermaid: measure a page without one")
    sizes = gzipped_sizes(asked, site_url, site)
    ours = {name: size for name, size in sizes.items() if name.startswith(OURS)}
    ours_everywhere = {f"{OURS}{name}" for name in ("page.js", "page.css", "early.js")}
    [*of_this_page] = ours.keys() - ours_everywhere
    assert [name.partition("-")[0] for name in of_this_page] == (
        [f"{OURS}capabilities"] if "capabilities" in path else []
    )
    scripts = [name for name in ours if name.endswith(".js")]
    assert sum(f"/{OURS}" in url and ".js" in url for url in asked) == len(scripts) <= 3
    assert sum(ours[name] for name in scripts) <= 25 * KB
    assert sum(sizes.values()) <= 140 * KB, sizes


@pytest.mark.parametrize("turn", ["click", "key", "phone", "link"])
def test_the_search_works_once_a_reader_turns_to_it(page: Page, site_url: str, turn: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    if turn == "phone":
        page.set_viewport_size({"width": 390, "height": 844})
    index = f"{site_url}search/search_index.json"
    if turn == "link":
        with page.expect_request(index):
            page.goto(f"{site_url}?q=lifespan")
    else:
        page.goto(site_url, wait_until="networkidle")
        assert index not in asked
    assert wait_until(lambda: page.evaluate("'keyboard$' in window"))  # Material's script has run
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
    expect(results.filter(has_text="Lifespan").first).to_be_visible()
    assert asked.count(index) == 1
