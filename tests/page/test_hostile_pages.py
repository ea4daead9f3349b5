"""An application is hostile until shown otherwise: it acts as itself alone; the site goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.element import expect_state, find, press
from helpers.page_view import BrowsedPage, browse
from helpers.patience import PATIENCE
from playwright.sync_api import Browser, Page, Request, expect

HOSTILE = Path(__file__).with_name("applications") / "hostile_app.py"


class Requests:
    """Which requests of a page went where: those that a policy stops never leave the browser."""

    def __init__(self, page: Page, site_url: str) -> None:
        self._site_url = site_url
        self._left: list[Request] = []
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.url.startswith(("http", "ws")) and not request.url.startswith(self._site_url):
            self._left.append(request)

    def that_left(self) -> list[str]:
        """Those that went on the way to another host."""
        return [request.url for request in self._left if request.failure != "csp"]

    def stopped(self) -> set[str]:
        """The addresses that were tried, and stopped."""
        return {request.url for request in self._left if request.failure == "csp"}


@pytest.fixture
def own_page(browser: Browser) -> Iterator[Page]:
    """A page whose console may complain: it refuses much here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(1000 * PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def requests(own_page: Page, site_url: str) -> Requests:
    return Requests(own_page, site_url)


@pytest.fixture
def browsed(own_page: Page, site_url: str, requests: Requests) -> BrowsedPage:
    """A page of the hostile application."""
    own_page.goto(f"{site_url}asgi/")
    example = find(own_page, "hello/bare_asgi_app.py")
    return browse(example, HOSTILE, SITE=site_url)


def expect_the_page_answers(browsed: BrowsedPage) -> None:
    """A click is heard, and the server stops."""
    press(browsed.example, "Stop")
    expect_state(browsed.example, "stopped")


def test_a_page_reaches_nothing_but_its_application(
    browsed: BrowsedPage, own_page: Page, site_url: str, requests: Requests
) -> None:
    opened: list[object] = []
    own_page.context.on("page", lambda page: opened.append(page))
    own_page.on("download", lambda download: opened.append(download))
    own_page.on("dialog", lambda dialog: opened.append(dialog))
    own_page.evaluate("document.cookie = 'of_the_site=1'; localStorage.setItem('kept', 'yes')")
    browsed.go("/reach")
    results = browsed.frame.locator("#results")
    expect(results).to_contain_text("done: yes")
    told = dict(line.split(": ", 1) for line in results.inner_text().split("\n") if line)
    assert told == {
        "parent's document": "SecurityError",
        "top's address": "SecurityError",
        "top goes elsewhere": "SecurityError",
        "parent's storage": "SecurityError",
        "frame element": "TypeError",
        "databases": "SecurityError",
        "peer connection": "ReferenceError",
        "origin": "null",
        "cookie": '""',
        "popup": "null",
        "fetch": "TypeError",
        "own fetch": "SecurityError",
        "site": "SecurityError",
        "module": "TypeError",
        "worker": "Error",
        "done": "yes",
    }
    for name in ("send", "top"):
        browsed.frame.get_by_text(name, exact=True).click()
        expect(browsed.status).to_contain_text("http://elsewhere.example is not the application")
    browsed.frame.get_by_text("save").click()
    expect(browsed.frame.locator("pre")).to_contain_text("which this view does not show")
    assert requests.that_left() == []
    assert "http://elsewhere.example/late.png" in requests.stopped()
    assert own_page.url == f"{site_url}asgi/"
    assert opened == []
    assert own_page.evaluate("[document.cookie, localStorage.kept]") == ["of_the_site=1", "yes"]


def test_a_page_that_leaves_by_script_is_told_of(browsed: BrowsedPage, requests: Requests) -> None:
    browsed.go("/leave")
    expect(browsed.status).to_contain_text(
        "The page set `location`, where this view cannot follow."
    )
    expect(browsed.example.locator("iframe")).to_have_count(0)
    browsed.go("/loaded")
    expect(browsed.frame.locator("p")).to_have_text("here")
    assert requests.that_left() == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/flood", "it sent more messages than the view can read"),
        ("/junk", "it sent a message that the view does not know"),
    ],
)
def test_a_frame_that_does_not_keep_to_the_bridge_is_closed(
    browsed: BrowsedPage, path: str, reason: str
) -> None:
    browsed.go(path)
    expect(browsed.status).to_have_text(f"The page was closed: {reason}.")
    expect(browsed.example.locator("iframe")).to_have_count(0)
    expect_the_page_answers(browsed)


@pytest.mark.parametrize("path", ["/noise", "/loop"])
def test_a_page_that_never_rests_leaves_the_site_alone(browsed: BrowsedPage, path: str) -> None:
    browsed.go(path)
    expect(browsed.status).to_contain_text(f"GET {path} → 200")
    expect_the_page_answers(browsed)


def test_every_view_shows_text_as_text(browsed: BrowsedPage, own_page: Page) -> None:
    example = browsed.example
    markup = '<img src=x onerror="parent.hacked = 1">'
    browsed.go(f"/{markup}")
    example.get_by_role("tab", name="Log").click()
    expect(example.locator(".runnable-log")).to_contain_text(markup)
    example.get_by_role("tab", name="Response").click()
    expect(example.locator(".runnable-head")).to_contain_text(f"x-script: {markup}")
    expect(example.locator(".runnable-body")).to_contain_text(markup)
    example.get_by_label("Method").select_option("WebSocket")
    press(example, "Connect")
    expect(example.locator(".runnable-frames")).to_contain_text(markup)
    expect(example.locator(".runnable-summary").nth(1)).to_contain_text(f"4000: {markup}")
    assert example.locator(".runnable-panel").locator("img, script").count() == 0
    assert own_page.evaluate("window.hacked") is None
