"""The site in Firefox: run, answer, edit, stop, stream, WebSocket, page, second visit, keyboard.

What a test sees, it sees as a reader does: Firefox holds a page's Content-Security-Policy against
what a test would evaluate in it, too.
"""

import pytest
from helpers.element import ENDLESS, HELLO, expect_state, find, press
from helpers.engines import SLEEPERS, SLEPT
from helpers.page_view import open_page
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def example(page: Page, address: str) -> Locator:
    page.goto(f"{address}asgi/")
    return find(page, "hello/bare_asgi_app.py")


def type_source(example: Locator, source: str) -> None:
    """Edit as a reader does, who pastes a whole program."""
    editor = example.get_by_role("textbox", name="Source of")
    if not editor.is_visible():
        press(example, "Edit")
    editor.focus()
    example.page.keyboard.press("ControlOrMeta+a")
    example.page.keyboard.insert_text(source)


def test_run_answer_and_second_visit(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    expect(example.get_by_role("status").first).to_have_text("Uvicorn is running, in your browser")
    example.get_by_role("tab", name="Log").click()
    expect(example.get_by_role("log")).to_contain_text("Uvicorn running on")
    page.reload()
    expect_state(example, "idle")
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")


# What Firefox says of a Web Worker that is ended in a loop.
@pytest.mark.console_errors("uncaught: undefined")
def test_edit_stop_and_run_again_by_keyboard(page: Page, example: Locator) -> None:
    type_source(example, ENDLESS)
    page.keyboard.press("ControlOrMeta+Enter")
    expect_state(example, "starting")
    press(example, "Stop")
    expect_state(example, "stopped")
    type_source(example, HELLO)
    page.keyboard.press("Escape")
    expect(example.get_by_role("button", name="Run", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")
    expect(example.get_by_role("button", name="Stop")).to_be_focused()
    page.keyboard.type("n")  # Material's shortcut of the next page
    expect_state(example, "ready")
    press(example, "Stop")
    expect_state(example, "stopped")


def test_sleep_blocks(example: Locator) -> None:
    type_source(example, SLEEPERS)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text(SLEPT)


def test_stream_and_websocket(page: Page, address: str) -> None:
    page.goto(f"{address}asgi/")
    stream = find(page, "streaming/bare_asgi_app.py")
    press(stream, "Run")
    expect(stream.locator(".runnable-piece")).to_have_count(4)
    expect(stream.locator(".runnable-summary").first).to_contain_text("in 4 pieces")
    chat = find(page, "websocket/bare_asgi_app.py")
    press(chat, "Run")
    received = chat.locator(".runnable-frame--received")
    expect(received.first).to_contain_text("hello")
    chat.get_by_role("textbox", name="Message").fill("by hand")
    chat.get_by_role("textbox", name="Message").press("Enter")
    expect(received.last).to_contain_text("by hand")
    press(chat, "Close")
    expect(chat.get_by_text("Closed by you, with 1000")).to_be_visible()


def test_an_application_s_page_is_used(page: Page, address: str) -> None:
    page.goto(f"{address}frameworks/flask/")
    browsed = open_page(find(page, "notes/flask_app.py"), run=True)
    browsed.frame.get_by_label("Note").fill("Fish & <chips> für zwei")
    browsed.frame.get_by_label("Note").press("Enter")
    expect(browsed.frame.locator("li")).to_have_text(["Buy milk", "Fish & <chips> für zwei"])
    expect(browsed.frame.locator("p")).to_have_text("Your last note: 2")
    expect(browsed.requests).to_have_text(["POST / → 303", "GET / → 200"])
    page.goto(f"{address}frameworks/starlette/")
    chat = open_page(find(page, "chat/starlette_app.py"), run=True)
    chat.frame.get_by_label("Message").fill("Grüße")
    expect(chat.requests).to_have_text("WebSocket /chat → 101")
    chat.frame.get_by_role("button", name="Send").click()
    expect(chat.frame.locator("li")).to_have_text("Grüße")


@pytest.mark.weekly
def test_a_race_has_a_first(page: Page, address: str) -> None:
    page.goto(address)
    race = page.locator("request-race").first
    race.get_by_role("spinbutton", name="Requests to each").fill("4")
    race.get_by_role("button", name="Race").click()
    expect(race).to_have_attribute("data-state", "over")
    expect(race.get_by_role("status")).to_contain_text("First: starlette_app.py on Uvicorn, after")
    expect(race.locator(".race-racers .runnable-waterfall > li")).to_have_count(12)
