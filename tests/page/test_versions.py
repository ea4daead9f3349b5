"""A page that was opened before the site changed says so, and runs nothing that does not fit."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.element import expect_state, find, press, status
from helpers.patience import PATIENCE
from playwright.sync_api import Browser, Page, Route, expect

RELOAD = "The site may have changed since you opened this page: reload it."


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """One in which a file may be gone: Chromium reports that as a console error."""
    context = browser.new_context()
    context.set_default_timeout(1000 * PATIENCE)
    yield context.new_page()
    context.close()


def gone(route: Route) -> None:
    """Answer as a static host does where a file of an earlier version was."""
    route.fulfill(status=404, content_type="text/html", body="<h1>There is no page here</h1>")


def test_a_page_asks_for_the_script_and_styles_that_it_was_built_with(site: Path) -> None:
    folder = site / "assets/page"
    digest = hashlib.sha256()
    for name in ("page.js", "page.css", "early.js"):
        digest.update((folder / name).read_bytes())
    version = digest.hexdigest()[:12]
    for path in {*site.rglob("*.html")} - {*folder.glob("frame-*.html")}:
        found = re.findall(r"assets/page/([\w-]+\.\w+)\?(\w+)", path.read_text("utf-8"))
        names = ("early.js", "page.css", "page.js")
        assert sorted(found) == [(name, version) for name in names], path


def test_what_is_fetched_later_is_named_by_its_content(site: Path) -> None:
    names = {path.name for path in (site / "assets/page").glob("*.js")} - {
        "page.js",
        "early.js",
    }
    assert names
    assert all(re.fullmatch(r"[\w-]+-[A-Z0-9]{8}\.js", name) for name in names)
    script = (site / "assets/page/page.js").read_text("utf-8")
    for part in ("worker", "editor", "diagrams"):
        [name] = {name for name in names if name.startswith(f"{part}-")}
        assert name in script


def test_a_worker_that_is_gone_asks_for_a_reload(page: Page, site_url: str) -> None:
    page.route(re.compile("/assets/page/worker-"), gone)
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    press(example, "Run")
    expect(status(example)).to_have_text(f"What runs the example could not be loaded. {RELOAD}")
    expect_state(example, "failed")


def test_an_editor_that_is_gone_asks_for_a_reload(page: Page, site_url: str) -> None:
    page.route(re.compile("/assets/page/editor-"), gone)
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    press(example, "Edit")
    expect(example.get_by_text(f"The editor could not be loaded. {RELOAD}")).to_be_visible()
    expect(example.locator(".highlight")).to_be_visible()


@pytest.mark.parametrize("name", ["runnable", "h11", "stdlib_common"])
def test_an_archive_that_is_gone_asks_for_a_reload(page: Page, site_url: str, name: str) -> None:
    page.route(re.compile(f"/assets/runtime/{name}-"), gone)
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    press(example, "Run")
    expect(status(example)).to_have_text(
        re.compile(rf"^{name}-\S+ could not be fetched: HTTP status 404\. {RELOAD}$")
    )
    expect_state(example, "failed")


def test_the_worker_knows_the_runtime_that_it_was_built_with(site: Path) -> None:
    lock = json.loads((site / "assets/runtime/lock.json").read_text("utf-8"))
    [worker] = (site / "assets/page").glob("worker-*.js")
    text = worker.read_text("utf-8")
    names = [entry["file_name"] for entry in (*lock["stdlib"].values(), *lock["packages"].values())]
    assert [name for name in names if name not in text] == []
