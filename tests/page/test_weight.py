"""What a page costs before a reader presses Run: the limits that the site keeps."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

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
    assert ours.keys() == {f"{OURS}page.js", f"{OURS}page.css"}
    assert sum(f"/{OURS}" in url for url in asked) <= 3
    assert ours[f"{OURS}page.js"] <= 25 * KB
    assert sum(sizes.values()) <= 140 * KB, sizes
