"""Fixtures for all tests: the built site, served under a sub-path, and Chromium to read it with."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from helpers.missing import missing
from helpers.paths import ROOT
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from runnable.catalogue.servers import ServerSpec
from runnable.harness.chromium import launch_chromium
from runnable.harness.static_host import serve_folders

pytest.register_assert_rewrite("helpers.both_networks")  # so that it shows a difference

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


@pytest.fixture(scope="module")
def browser(_port: int) -> Iterator[Browser]:
    """One Chromium a module: while it is up, Playwright's loop runs here, and no other can."""
    if shutil.which("chromium") is None:
        missing("Chromium is missing")
    with (
        sync_playwright() as playwright,
        launch_chromium(playwright, {"localhost:80": _port}) as chromium,
    ):
        yield chromium


@pytest.fixture
def page(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with an empty cache; a console error or a request to anyone else fails the test.

    A test that provokes a console error says which: `@pytest.mark.console_errors("part of its
    text")`.
    """
    expected = [text for mark in request.node.iter_markers("console_errors") for text in mark.args]
    wrong: list[str] = []
    origin = urlsplit(site_url).netloc

    def note_request(url: str) -> None:
        if (
            urlsplit(url).scheme in ("http", "https", "ws", "wss")
            and urlsplit(url).netloc != origin
        ):
            wrong.append(f"a request left the site: {url}")

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(text in message.text for text in expected):
            wrong.append(f"console error: {message.text} ({message.location.get('url')})")

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.on("request", lambda sent: note_request(sent.url))
    context.on("console", note_console)
    context.on("weberror", lambda error: wrong.append(f"uncaught: {error.error}"))
    context.set_default_timeout(60_000)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not wrong, "\n".join(wrong)
