"""A program reaches no host but its own: by Python's library, nor by the browser's."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from helpers.applications import body
from helpers.element import find, interpreters, press, set_source
from helpers.worker_process import WorkerProcess
from playwright.sync_api import Browser, Locator

from runnable.harness.in_page import call_in_page

HERE = Path(__file__).parent
PYTHONS, BROWSERS = HERE / "elsewhere_app.py", HERE / "browsers_network_app.py"
IN_PAGE, WAYS_OF_A_WORKER = HERE / "in_page.js", HERE / "in_worker.js"
UNKNOWN, UNREACHABLE = "gaierror", "OSError ENETUNREACH"
REFUSED = "ConnectionRefusedError ECONNREFUSED"
ENDS = {
    "name": UNKNOWN,
    "address": UNREACHABLE,
    "port of this host": REFUSED,
    "own port": "TimeoutError ETIMEDOUT",
    "connect": REFUSED,
    "connect_ex": "'ENETUNREACH'",
    "datagram": REFUSED,
    "getaddrinfo": UNKNOWN,
    "gethostbyname": UNKNOWN,
    "http.client": REFUSED,
    "https": UNKNOWN,
    "ssl": REFUSED,
    "urllib, a name": UNKNOWN,
    "urllib, a port": REFUSED,
    "asyncio, a name": UNKNOWN,
    "asyncio, an address": UNREACHABLE,
    "asyncio, a port": REFUSED,
    "sock_connect": REFUSED,
    "loop.getaddrinfo": UNKNOWN,
}
# Pyodide has no TLS, and says so when a socket is to be wrapped.
ENDS_IN_CHROMIUM = ENDS | {"ssl": "RuntimeError"}


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A socket of this machine that must not be reached."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def assert_nobody_came(server: socket.socket) -> None:
    with pytest.raises(BlockingIOError):
        server.accept()


def test_in_cpython(listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    with WorkerProcess() as worker:
        assert worker.run(PYTHONS.read_text(), "uvicorn")["type"] == "ready", worker.log
        events = worker.request(path=f"/{port}")
    assert json.loads(body(events)) == ENDS
    assert_nobody_came(listening)


def test_in_chromium(example: Locator, listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    set_source(example, PYTHONS.read_text())
    told = json.loads(call_in_page(example, IN_PAGE, "runAndAsk", f"/{port}"))
    assert told == ENDS_IN_CHROMIUM
    assert_nobody_came(listening)


def test_the_browsers_own_functions(example: Locator, listening: socket.socket) -> None:
    set_source(example, BROWSERS.read_text())
    told = json.loads(call_in_page(example, IN_PAGE, "runAndAsk", f"/{listening.getsockname()[1]}"))
    assert {way for way, end in told.items() if "reached" in end} == set(), told
    assert len(told) > 10
    assert_nobody_came(listening)


def test_the_policy_holds_in_the_worker(
    browser: Browser, site_url: str, listening: socket.socket
) -> None:
    """Before a program runs, nothing has been taken: what refuses here is the page's policy."""
    with closing(browser.new_context()) as context:  # unwatched: each attempt is a console error
        page = context.new_page()
        page.goto(f"{site_url}asgi/")
        with page.expect_event("worker", lambda it: it.url.startswith("blob:")):
            press(find(page, "hello/bare_asgi_app.py"), "Run")
        (worker,) = interpreters(page)
        assert worker.evaluate("typeof fetch") == "function"
        port = listening.getsockname()[1]
        assert worker.evaluate(WAYS_OF_A_WORKER.read_text(), f"http://127.0.0.1:{port}/") == []
    assert_nobody_came(listening)
