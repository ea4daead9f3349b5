"""Fixtures for all tests: the built site, served under a sub-path, and Chromium to read it with."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from helpers.element import find
from helpers.missing import missing
from helpers.paths import ROOT
from helpers.patience import PATIENCE
from helpers.scheduling import Scheduling
from helpers.watched_page import Chromium, WatchedPage
from playwright.sync_api import Browser, Locator, Page, expect
from xdist.remote import Producer

from runnable.catalogue.servers import ServerSpec
from runnable.harness.static_host import serve_folders

pytest.register_assert_rewrite("helpers.both_networks")  # so that it shows a difference
expect.set_options(timeout=1000 * PATIENCE)  # what comes late on a busy machine has not failed

SUB_PATH = "/wsgi-vs-asgi/"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-recorded",
        action="store_true",
        help="write what real servers did to docs/data/, for the pages that quote it",
    )
    parser.addoption(
        "--write-capabilities",
        action="store_true",
        help="write what is measured to docs/data/capabilities.json",
    )
    parser.addoption(
        "--all-pairs",
        action="store_true",
        help="try every example on every server of its interface, not on the chosen ones alone",
    )
    parser.addoption(
        "--weekly",
        action="store_true",
        help="run what the weekly run alone does: every hostile program, WebKit",
    )


def pytest_xdist_auto_num_workers() -> int:
    """Start two processes for each processor: most of a test is waiting."""
    return 2 * (os.process_cpu_count() or 1)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what --all-pairs or --weekly alone runs; put the longest unit first."""
    for option in ("all_pairs", "weekly"):
        unchosen = [item for item in items if item.get_closest_marker(option)]
        if unchosen and not config.getoption(option):
            config.hook.pytest_deselected(items=unchosen)
            items[:] = [item for item in items if item not in set(unchosen)]
    items.sort(key=lambda item: "tests/runtime/" not in item.nodeid)


@pytest.fixture(scope="session")
def need() -> Callable[[ServerSpec], None]:
    """What a test calls before it boots a server that may not be installed."""

    def need(server: ServerSpec) -> None:
        if message := server.missing():
            missing(message)

    return need


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; `make test` builds it first."""
    folder = ROOT / "site"
    if not (folder / "index.html").exists():
        pytest.fail("site/ is not built: run `make build`", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def _port(site: Path) -> Iterator[int]:
    with serve_folders({SUB_PATH: site}) as port:
        yield port


@pytest.fixture(scope="session")
def site_url(_port: int) -> str:
    """Where Chromium finds the site: mkdocs.yml's default `site_url`."""
    return f"http://localhost{SUB_PATH}"


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Chromium]:
    with closing(Chromium()) as chromium:
        yield chromium


@pytest.fixture
def browser(_chromium: Chromium, _port: int) -> Browser:
    """Chromium, up since an earlier test if it can be."""
    if shutil.which("chromium") is None:
        missing("Chromium is missing")
    return _chromium.browser({"localhost:80": _port})


@pytest.fixture(autouse=True)
def _no_loop_of_playwright(request: pytest.FixtureRequest, _chromium: Chromium) -> None:
    """Close Chromium before a test that has no use for it, and may have a loop of its own."""
    if "browser" not in request.fixturenames:
        _chromium.close()


@pytest.fixture
def page(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with an empty cache; a console error or a request to anyone else fails the test.

    A test that provokes a console error says which: `@pytest.mark.console_errors("part of its
    text")`. One in which nothing is run anew makes no spare interpreter:
    `@pytest.mark.small_device`.
    """
    expected = [text for mark in request.node.iter_markers("console_errors") for text in mark.args]
    small = request.node.get_closest_marker("small_device") is not None
    watched = WatchedPage(browser, site_url, expected, small_device=small)
    with closing(watched):
        yield watched.page
    watched.check()


@pytest.fixture
def example(page: Page, site_url: str) -> Locator:
    """The bare ASGI example: the one that starts soonest."""
    page.goto(f"{site_url}asgi/")
    return find(page, "hello/bare_asgi_app.py")
