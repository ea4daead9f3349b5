"""Fixtures for what is tried with every example: a page that its tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.catalogue import ALL, page_of
from helpers.scheduling import unit_of
from helpers.watched_page import WatchedPage
from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
KEPT = pytest.StashKey[tuple[str, WatchedPage]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of one example together; those in its page last, changed programs at the end.

    So they share what the example answered on a socket, and an interpreter in the page.
    """
    places = [place for place, item in enumerate(items) if item.path.parent == HERE]
    units = {unit_of(items[place].nodeid): place for place in reversed(places)}

    def order(item: pytest.Item) -> tuple[int, bool, bool]:
        in_page = "open_example" in getattr(item, "fixturenames", ())
        return units[unit_of(item.nodeid)], in_page, "conformance" in item.nodeid

    ordered = sorted((items[place] for place in places), key=order)
    for place, item in zip(places, ordered, strict=True):
        items[place] = item


@pytest.fixture(autouse=True)
def _no_loop_of_playwright() -> None:
    """Leave Chromium up from one example to the next: no test here has a loop in this thread."""


@pytest.fixture
def open_example(
    browser: Browser, site_url: str, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Page]]:
    """Gives the page that embeds an example: open since the example's last test, if it can be.

    It is one page that visits one example after the other, as a reader does, so that Chromium has
    what was fetched and compiled. Most are run once: no interpreter is made in reserve. With
    --all-pairs, each begins in a fresh page.
    """
    stash = request.config.stash

    def open_example(name: str) -> Page:
        kept, watched = stash.get(KEPT, ("", None))
        up = watched is not None and watched.browser.is_connected()
        fresh = request.config.getoption("all_pairs")
        if watched and up and fresh:
            watched.close()
        if watched is None or not up or fresh:
            watched, kept = WatchedPage(browser, site_url, small_device=True), ""
        if kept != name:
            watched.page.goto(site_url + page_of(ALL[name]))
        stash[KEPT] = name, watched
        return watched.page

    yield open_example
    stash[KEPT][1].check()
