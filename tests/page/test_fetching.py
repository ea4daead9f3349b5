"""What another server takes to fetch: its size first, its progress, its failure; in Chromium."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.element import (
    HELLO,
    choose,
    expect_answer_of,
    expect_state,
    find,
    press,
    set_source,
    status,
)
from helpers.patience import PATIENCE
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from runnable.harness.page_weight import gzipped_sizes
from runnable.harness.static_host import MEDIA_TYPES

HYPERCORN = re.compile(r"/assets/runtime/hypercorn-")
WEIGHT = re.compile(r"^Run fetches about (\d\.\d) MB, once$")
USES_LATE = "import colorsys\n"
FOR_HYPERCORN = {"hypercorn", "h2", "hpack", "hyperframe", "priority"}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One in which a download may fail: Chromium reports that as a console error."""
    context = browser.new_context()
    context.set_default_timeout(1000 * PATIENCE)
    yield context
    context.close()


@pytest.mark.small_device  # A spare would be fetched for, too.
def test_the_size_is_shown_before_anything_is_fetched(
    page: Page, site: Path, site_url: str, archives: list[str]
) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_url}asgi/", wait_until="networkidle")
    example = find(page, "hello/bare_asgi_app.py")
    expect(example.get_by_text(WEIGHT)).to_be_visible()
    choose(example, "Hypercorn")
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if "/assets/runtime/" in url]

    # Started ahead, but for what the chosen server adds.
    with page.context.expect_event("request", lambda request: "/uvicorn-" in request.url):
        example.get_by_role("button", name="Run", exact=True).hover()
    assert "uvicorn" in archives
    assert not FOR_HYPERCORN & {*archives}
    option = example.locator("option", has_text="Hypercorn")
    expect(option).to_have_text(re.compile(r"^Hypercorn \(\+[\d.]+ kB\)$"))
    shown = re.search(r"[\d.]+ kB", option.text_content() or "")
    assert shown
    expect(example.get_by_text(f"Run fetches {shown[0]} more for it.")).to_be_visible()
    expect(example.locator("option", has_text="Uvicorn")).to_have_text("Uvicorn")

    before = len(archives)
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")
    assert sorted(archives[before:]) == sorted({*FOR_HYPERCORN, "stdlib_more"})
    lock = json.loads((site / "assets/runtime/lock.json").read_text())
    size = sum(lock["packages"][name]["size"] for name in FOR_HYPERCORN)
    assert shown[0] == f"{(size + lock['stdlib']['more']['size']) / 1000:.1f} kB"
    expect(option).to_have_text("Hypercorn")  # nothing more to fetch
    expect(example.get_by_text("Run fetches")).to_have_count(0)


def test_what_is_fetched_is_about_what_was_said(page: Page, example: Locator, site: Path) -> None:
    said = WEIGHT.search(example.get_by_text(WEIGHT).text_content() or "")
    assert said
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    fetched = [url for url in asked if "/assets/runtime/" in url or "/assets/page/worker-" in url]
    total = sum(gzipped_sizes(fetched, page.url.removesuffix("asgi/"), site).values())
    assert float(said[1]) == pytest.approx(total / 1e6, rel=0.03)  # "about"
    # Of another example on the page, and on a later visit, what is left.
    other = find(page, "lifespan/bare_asgi_app.py")
    expect(status(other)).to_have_text("Uvicorn, in your browser")
    expect(other.get_by_text(WEIGHT)).to_have_count(0)
    page.reload()
    again = find(page, "hello/bare_asgi_app.py")
    expect(status(again)).to_have_text("Uvicorn, in your browser")
    expect(again.get_by_text(WEIGHT)).to_have_count(0)


def test_the_second_download_shows_its_progress_and_can_be_stopped(
    page: Page, example: Locator
) -> None:
    held: list[Route] = []
    page.route(HYPERCORN, lambda route: held.append(route))
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    choose(example, "Hypercorn")
    press(example, "Run again")
    expect(status(example)).to_have_text("Loading Hypercorn …")
    expect(example.get_by_text(re.compile(r"^Hypercorn: [\d.]+ kB of [\d.]+ kB$"))).to_be_visible()
    press(example, "Stop")
    expect_state(example, "stopped")
    page.unroute(HYPERCORN)
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")


def test_a_failed_download_can_be_tried_again(context: BrowserContext, site_url: str) -> None:
    page = context.new_page()
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    context.route(HYPERCORN, lambda route: route.fulfill(status=503, body="busy"))
    choose(example, "Hypercorn")
    press(example, "Run again")
    expect_state(example, "failed")
    expect(status(example)).to_have_text(
        re.compile(
            r"^hypercorn-\S+\.zip could not be fetched: HTTP status 503\. Press Run to try again\.$"
        )
    )
    expect(example.get_by_text("Run fetches")).to_be_visible()
    context.unroute(HYPERCORN)
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")


def test_what_no_example_imports_of_the_library_comes_when_it_is_imported(
    example: Locator,
) -> None:
    set_source(example, HELLO.replace('b"edited', 'colorsys.__file__.encode() + b" ') + USES_LATE)
    press(example, "Run")
    body = example.locator(".runnable-body")
    expect(body).to_contain_text("/lib/python3.14/colorsys.pyc hello")
    log = example.evaluate("element => element.log")
    assert "import colorsys: fetching more of Python's standard library" in log


def change(site: Path, site_url: str) -> Callable[[Route], None]:
    """Answer with what the site has, and a byte more."""

    def changed(route: Route) -> None:
        path = site / route.request.url.removeprefix(site_url)
        kind = MEDIA_TYPES.get(path.suffix, "application/zip")
        route.fulfill(body=path.read_bytes() + b"\n", content_type=kind)

    return changed


@pytest.mark.parametrize("name", ["h11-", "pyodide.asm.wasm", "pyodide.asm.mjs"])
def test_a_file_that_was_changed_on_its_way_is_refused(
    context: BrowserContext, site: Path, site_url: str, name: str
) -> None:
    page = context.new_page()
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    file = re.compile(rf"/assets/runtime/.*{re.escape(name)}")
    context.route(file, change(site, site_url))
    press(example, "Run")
    expect(status(example)).to_have_text(re.compile(rf"{re.escape(name)}.* did not come whole, or"))
    expect_state(example, "failed")
    context.unroute(file)
    press(example, "Run")
    expect(example).to_have_attribute("data-state", re.compile("ready|failed"))
    if example.get_attribute("data-state") == "failed":  # It was begun ahead, with the same file.
        press(example, "Run")
    expect_answer_of(example, "Uvicorn")
