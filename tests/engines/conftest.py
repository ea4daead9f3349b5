"""Fixtures for the other engines: the site at an address that each of them reaches, Firefox."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from helpers.missing import missing
from helpers.watched_page import Chromium, WatchedPage
from playwright.sync_api import Browser, Page, sync_playwright

from runnable.harness.firefox import launch_firefox
from runnable.harness.static_host import serve_folders

SUB_PATH = "/wsgi-vs-asgi/"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site's, on a port of this machine: Chromium alone can be told what a name leads to."""
    with serve_folders({SUB_PATH: site}) as port:
        yield f"http://127.0.0.1:{port}{SUB_PATH}"


@pytest.fixture(scope="module")
def firefox(_chromium: Chromium) -> Iterator[Browser]:
    """Firefox, up for all tests of a module."""
    if shutil.which("firefox") is None:
        missing("Firefox is missing")
    _chromium.close()  # Playwright's loop can run once in a thread
    with sync_playwright() as playwright, launch_firefox(playwright) as browser:
        yield browser


@pytest.fixture
def page(firefox: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with an empty cache; a console error or a request to anyone else fails the test."""
    expected = [text for mark in request.node.iter_markers("console_errors") for text in mark.args]
    with closing(WatchedPage(firefox, address, expected)) as watched:
        yield watched.page
        watched.check()
