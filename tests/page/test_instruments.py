"""The instruments: the Interface view, the waterfall, and the Wire view; in Chromium."""

import json
import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote

import pytest
from helpers.element import find, press, set_source
from helpers.paths import ROOT
from playwright.sync_api import Locator, Page, expect
from pydantic import TypeAdapter

from runnable.harness.in_page import call_in_page
from runnable.inmemory.recording.entries import Recording

pytestmark = pytest.mark.small_device

AXE = ROOT / "node_modules/axe-core/axe.min.js"
FINDINGS = ROOT / "tests/page/accessibility.js"
IN_PAGE = ROOT / "tests/page/in_page.js"
SCRIPT = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
HOSTILE = f"""
SCRIPT = {SCRIPT!r}
class Evil(Exception): pass
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        raise Evil(SCRIPT)
    print(SCRIPT)
    header = (b"x-evil", SCRIPT.encode())
    await send({{"type": "http.response.start", "status": 200, "headers": [header]}})
    await send({{"type": "http.response.body", "body": SCRIPT.encode(), "more_body": True}})
    await send({{"type": SCRIPT, SCRIPT: SCRIPT}})
"""


def open_tab(example: Locator, name: str) -> Locator:
    """Open a tab of the example's panel; gives what it shows."""
    example.get_by_role("tab", name=name).click()
    return example.get_by_role("tabpanel", name=name)


def rows(view: Locator) -> Locator:
    return view.get_by_role("list", name="Server and application, in order").locator("> li")


@pytest.fixture
def running(page: Page, example: Locator) -> Locator:
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    return example


# The Interface view


def test_an_asgi_exchange_is_read_in_order(page: Page, running: Locator) -> None:
    view = open_tab(running, "Interface")
    # What a loaded machine makes slow has a row more: send() comes back.
    sequence = rows(view).filter(has_not_text="comes back")
    expect(sequence).to_contain_text(
        [
            "app(scope, receive, send): http",
            "send(): http.response.start 200",
            "send(): http.response.body b'Hello, world!\\n'",
            "returns",
        ]
    )
    expect(view.get_by_role("status").first).to_have_text("GET / has ended.")
    summary = sequence.first.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(sequence.first.locator("pre")).to_contain_text("'raw_path': b'/'")
    expect(sequence.first.get_by_role("link")).to_have_attribute(
        "href", re.compile("/www.html#http$")
    )
    view.get_by_text("Lifespan: the server's start and stop").click()
    lifespan = view.get_by_role("list", name="Lifespan, in order").locator("> li")
    expect(lifespan).to_contain_text(["app(scope, receive, send): lifespan", "raises"])


def test_a_wsgi_exchange_is_read_in_order(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}wsgi/")
    example = find(page, "hello/bare_wsgi_app.py")
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    view = open_tab(example, "Interface")
    expect(rows(view)).to_contain_text(
        [
            "app(environ, start_response)",
            "start_response('200 OK', …)",
            "returns a list",
            "b'Hello, world!\\n'",
            "no more items",
        ]
    )
    rows(view).first.locator("summary").click()
    expect(rows(view).first.locator(".runnable-group")).to_have_text(
        [
            "The request",
            "From CGI: the server and the connection",
            "WSGI's own",
            "Of the operating system's environment",
        ]
    )
    expect(rows(view).first.locator("pre").first).to_contain_text("PATH_INFO = '/'")


def test_a_reader_stays_in_the_view_and_sees_what_comes(running: Locator) -> None:
    view = open_tab(running, "Interface")
    expect(rows(view).last).to_contain_text("returns")
    running.get_by_role("textbox", name="Path").fill("/second")
    press(running, "Send")
    expect(view.get_by_role("status").first).to_have_text("GET /second has ended.")
    view.get_by_role("combobox").select_option("1: GET /")
    expect(view.get_by_role("status").first).to_have_text("GET / has ended.")


@pytest.fixture
def mistakes(page: Page, site_url: str) -> Page:
    page.goto(f"{site_url}mistakes/")
    return page


@pytest.mark.parametrize(
    ("name", "rule", "place"),
    [
        ("more_body", "nothing follows an http.response.body without more_body", "asgi-body"),
        ("start_response", "again only with exc_info", "pep-start-response"),
        ("hop_by_hop", "Connection is a hop-by-hop header", "pep-http"),
    ],
)
def test_what_is_forbidden_is_marked(mistakes: Page, name: str, rule: str, place: str) -> None:
    example = find(mistakes, f"mistakes/{name}_wrong_app.py")
    call_in_page(example, IN_PAGE, "runAndAsk", "/")
    view = open_tab(example, "Interface")
    breach = view.locator(".runnable-breach:visible")
    expect(breach).to_have_count(1)
    expect(breach).to_contain_text(rule)
    links = (ROOT / "docs/includes/links.md").read_text()
    address = re.search(rf"^\[{place}\]: (\S+)$", links, re.MULTILINE)
    assert address
    expect(breach.get_by_role("link")).to_have_attribute("href", address[1])


def test_a_recording_is_saved_as_described(page: Page, running: Locator) -> None:
    view = open_tab(running, "Interface")
    expect(rows(view).last).to_contain_text("returns")
    with page.expect_download() as download:
        press(view, "Save as JSON")
    text = download.value.path().read_text()
    TypeAdapter(Recording).validate_json(text, strict=True)
    saved = json.loads(text)
    assert (saved["example"], saved["server"]) == ("hello/bare_asgi_app.py", "uvicorn")
    assert saved["entries"][0]["kind"] == "server.start"


# The waterfall


def test_ten_at_once_have_a_bar_each(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}wsgi/")
    example = find(page, "blocking/flask_app.py")
    press(example, "Run")
    lanes = example.locator(".runnable-waterfall > li")
    expect(lanes).to_have_count(10)
    expect(lanes).to_contain_text(["200 OK"] * 10)
    expect(example.locator(".runnable-summary").first).to_contain_text("10 answers in")
    # Each in its turn kept the thread.
    expect(example.get_by_text("The event loop was blocked for")).to_contain_text(
        "requests 1 to 10"
    )
    lanes.first.focus()
    page.keyboard.press("ArrowDown")
    expect(lanes.nth(1)).to_be_focused()
    expect(lanes.nth(1)).to_have_attribute(
        "aria-label", re.compile("Request 2: .*waiting for the server .*running .*done")
    )
    example.get_by_text("In numbers").click()
    expect(example.locator("tbody tr")).to_have_count(10)
    waterfall = open_tab(example, "Waterfall")
    expect(waterfall.locator(".runnable-waterfall > li")).to_have_count(10)


# The Wire view


def test_bytes_of_both_ways_and_a_command(page: Page, running: Locator) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view = open_tab(running, "Wire")
    lines = view.get_by_role("list", name="Bytes, in order").locator("> li")
    expect(lines.first).to_contain_text("GET / HTTP/1.1\\r\\n")
    expect(lines.nth(1)).to_contain_text("HTTP/1.1 200 OK\\r\\n")
    press(view, "Copy as curl")
    expect(view.get_by_text("Copied")).to_be_visible()
    command = page.evaluate("navigator.clipboard.readText()")
    assert command.startswith("curl ")
    assert command.endswith("'http://127.0.0.1:8000/'")
    view.get_by_role("combobox", name="As").select_option("Hex")
    expect(lines.first).to_contain_text("47 45 54 20 2f 20")


def test_frames_of_a_websocket(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "websocket/bare_asgi_app.py")
    press(example, "Run")
    expect(example.locator(".runnable-frame--received").first).to_contain_text("hello")
    view = open_tab(example, "Wire")
    expect(view.get_by_role("combobox", name="As")).to_contain_text("Frames")
    expect(view.get_by_role("status").first).to_contain_text("WebSocket: see it as frames, too.")
    view.get_by_role("combobox", name="As").select_option("Frames")
    frames = view.get_by_role("list", name="Bytes, in order").locator("> li")
    expect(frames.filter(has_text="opcode 1 (text) · final · mask").first).to_be_visible()
    expect(frames.filter(has_text="opcode 1 (text) · final · not masked").first).to_be_visible()


# Care


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    return urls


def test_a_views_code_is_fetched_when_it_is_opened(asked: list[str], running: Locator) -> None:
    def fetched() -> list[str]:
        return [name for url in asked for name in re.findall(r"/(\w+)-view-\w+\.js$", url)]

    assert fetched() == []
    for name in ("interface", "waterfall", "wire"):
        expect(open_tab(running, name.capitalize()).locator("li").first).to_be_visible()
        assert fetched()[-1] == name
    assert len(fetched()) == 3


def test_what_an_application_sends_is_only_text(page: Page, example: Locator) -> None:
    set_source(example, HOSTILE)
    page.evaluate("window.hacked = 0")
    call_in_page(example, IN_PAGE, "runAndAsk", f"/{quote(SCRIPT)}")
    view = open_tab(example, "Interface")
    expect(rows(view).last).to_contain_text("raises RuntimeError")
    for summary in view.locator(".runnable-sequence summary:visible").all():
        summary.click()
    expect(view.locator("pre").filter(has_text="onerror").first).to_be_visible()
    wire = open_tab(example, "Wire")
    expect(wire.locator("code").filter(has_text="onerror").first).to_be_visible()
    open_tab(example, "Waterfall").locator(".runnable-waterfall > li").first.wait_for()
    assert page.evaluate("window.hacked") == 0
    assert example.locator("img, script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_views_are_accessible_and_fit_a_phone(
    page: Page, site_url: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site_url}asgi/")
    running = find(page, "hello/bare_asgi_app.py")
    press(running, "Run")
    expect(running.locator(".runnable-body")).to_contain_text("Hello, world!")
    page.evaluate(AXE.read_text("utf-8"))
    for name in ("Interface", "Waterfall", "Wire"):
        view = open_tab(running, name)
        expect(view.locator("li").first).to_be_visible()
        for summary in view.locator("summary:visible").all():
            summary.click()
        assert call_in_page(running, FINDINGS, "findings") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert running.locator("[style]").count() == 0
