"""Streams are shown as they come, the page can answer meanwhile; a WebSocket by hand."""

from pathlib import Path

import pytest
from helpers.element import press, set_source
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.small_device

STREAMS = (Path(__file__).with_name("applications") / "streams_app.py").read_text("utf-8")


@pytest.fixture
def streaming(example: Locator) -> Locator:
    set_source(example, STREAMS)
    example.evaluate("element => element.run()")
    return example


def send(example: Locator, path: str) -> None:
    """Send a request as a reader does."""
    example.get_by_role("textbox", name="Path").fill(path)
    press(example, "Send")


def go_on(example: Locator) -> None:
    """Let the stream end."""
    example.evaluate('element => element.request({path: "/go-on"})')


def test_events_are_listed_as_they_come(streaming: Locator) -> None:
    send(streaming, "/events")
    streaming.get_by_role("tab", name="Events").click()
    events = streaming.locator(".runnable-events")
    expect(events.locator(".runnable-event-kind")).to_have_text(
        ["comment", "retry", "tick id 1", "message id 2"]
    )
    waits = "A client that loses the connection waits 2500 ms."
    expect(events.locator("code")).to_have_text(["welcome", waits, "one\ntwo", "Grüße <img src=x>"])
    expect(streaming.get_by_text("The stream is open.")).to_be_visible()
    go_on(streaming)
    expect(streaming.get_by_text("The server ended the stream, after 2 events.")).to_be_visible()
    send(streaming, "/")
    expect(streaming.get_by_role("tab", name="Events")).to_be_hidden()


def test_a_long_body_leaves_the_page_able_to_answer(streaming: Locator) -> None:
    send(streaming, "/long")
    expect(streaming.locator(".runnable-body")).to_contain_text("x" * 1000)
    # All of it has been sent, and the answer has not ended: the reader looks elsewhere meanwhile.
    streaming.get_by_role("tab", name="Log").click()
    expect(streaming.get_by_role("tab", name="Log")).to_have_attribute("aria-selected", "true")
    streaming.get_by_role("tab", name="Response").click()
    expect(streaming.get_by_role("button", name="Leave now")).to_be_visible()
    go_on(streaming)
    expect(streaming.get_by_text("10.0 MB in 100 pieces")).to_be_visible()
    expect(streaming.get_by_text("the first 100.0 kB are shown")).to_be_visible()


def test_who_leaves_is_told_and_so_is_the_application(streaming: Locator) -> None:
    send(streaming, "/long")
    expect(streaming.locator(".runnable-body")).to_contain_text("x" * 1000)
    press(streaming, "Leave now")
    expect(streaming.get_by_text("You left after")).to_be_visible()
    expect(streaming.locator(".runnable-log")).to_contain_text("told http.disconnect")


def test_a_websocket_is_spoken_by_hand(streaming: Locator) -> None:
    frames, log = streaming.locator(".runnable-frames").last, streaming.locator(".runnable-log")
    streaming.get_by_label("Method").select_option("WebSocket")
    streaming.get_by_role("textbox", name="Path").fill("/")
    press(streaming, "Connect")
    message = streaming.get_by_role("textbox", name="Message")
    message.fill("hello")
    message.press("Enter")
    expect(log).to_contain_text("got 'hello' None")
    expect(frames).to_contain_text("2 bytes 0000 00 ff")
    streaming.get_by_role("combobox", name="As").select_option("Bytes, hex")
    message.fill("00 f")
    message.press("Enter")
    expect(streaming.get_by_role("alert").filter(has_text="pairs of hexadecimal")).to_be_visible()
    message.fill("00 fe")
    message.press("Enter")
    expect(log).to_contain_text("got None b'\\x00\\xfe'")
    press(streaming, "Ping")
    expect(frames.locator("em")).to_have_text(["Ping", "Pong"])
    streaming.get_by_role("textbox", name="Close code").fill("1006")
    press(streaming, "Close")
    expect(streaming.get_by_role("alert").filter(has_text="A client may close")).to_be_visible()
    streaming.get_by_role("textbox", name="Close code").fill("4321")
    streaming.get_by_role("textbox", name="Reason").fill("enough")
    press(streaming, "Close")
    expect(streaming.get_by_text("Closed by you, with 4321")).to_be_visible()
    expect(log).to_contain_text("closed 4321 'enough'")


def test_a_denial_is_shown_as_the_answer_that_it_is(streaming: Locator) -> None:
    streaming.get_by_label("Method").select_option("WebSocket")
    streaming.get_by_role("textbox", name="Path").fill("/denied")
    press(streaming, "Connect")
    expect(streaming.get_by_text("The server refused the WebSocket: 403")).to_be_visible()
    head, body = (streaming.locator(f".runnable-{part}").last for part in ("head", "body"))
    expect(head).to_contain_text("x-why: no ticket")
    expect(body).to_have_text("Buy a ticket.")
