"""What an example shows, and the page around it; in Chromium."""

import pytest
from helpers.element import (
    HELLO,
    JSON_IN_PIECES,
    expect_state,
    find,
    interpreters,
    press,
    set_source,
)
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.small_device

# What is shown


def test_json_is_indented_and_not_changed(example: Locator) -> None:
    set_source(example, JSON_IN_PIECES)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_have_text('{\n  "a": 1.0,\n  "b": []\n}')


def test_pieces_are_shown_as_they_arrive(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "streaming/bare_asgi_app.py")
    source = example.evaluate("element => element.source")
    set_source(example, source.replace("sleep(0.15)", "sleep(1)"))  # time enough to look
    press(example, "Run")
    pieces = example.locator(".runnable-piece")
    expect(pieces.first).to_be_visible()
    assert pieces.count() < 4
    expect(pieces).to_have_count(4)
    expect(example.locator(".runnable-summary").first).to_contain_text("in 4 pieces")


def test_websocket_by_hand(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "websocket/bare_asgi_app.py")
    press(example, "Run")
    received = example.locator(".runnable-frame--received")
    expect(received.first).to_contain_text("hello")
    example.get_by_role("textbox", name="Message").fill("by hand")
    example.get_by_role("textbox", name="Message").press("Enter")
    expect(received.last).to_contain_text("by hand")
    press(example, "Close")
    expect(example.get_by_text("Closed by you, with 1000")).to_be_visible()


def test_endless_answer_can_be_cancelled(example: Locator) -> None:
    endless = HELLO.replace(
        '    await send({"type": "http.response.body", "body": b"edited hello"})\n',
        "    import asyncio\n"
        "    while True:\n"
        '        await send({"type": "http.response.body", "body": b"x", "more_body": True})\n'
        "        await asyncio.sleep(0.05)\n",
    )
    set_source(example, endless)
    press(example, "Run")
    expect(example.locator(".runnable-piece").first).to_be_visible()
    press(example, "Leave now")
    expect(example.get_by_text("You left after")).to_be_visible()
    expect_state(example, "ready")


# The page around it


def test_two_on_a_page_run_side_by_side(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    first = find(page, "hello/bare_asgi_app.py")
    second = find(page, "streaming/bare_asgi_app.py")
    press(first, "Run")
    press(second, "Run")
    expect(first.locator(".runnable-body")).to_contain_text("Hello, world!")
    expect(second.locator(".runnable-piece")).to_have_count(4)
    press(first, "Stop")
    expect_state(first, "stopped")
    expect_state(second, "ready")


def test_instant_navigation_upgrades_and_cleans_up(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="WSGI", exact=True).first.click()
    other = find(page, "hello/bare_wsgi_app.py")
    expect_state(other, "idle")
    assert page.evaluate("window.sameDocument"), "the page was reloaded: instant navigation is off"
    assert not interpreters(page)
    press(other, "Run")
    expect(other.locator(".runnable-body")).to_contain_text("Hello, world!")


def test_reload_in_the_middle_of_loading(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "loading")
    page.reload()
    expect_state(example, "idle")
    press(example, "Run")
    expect_state(example, "ready")


def test_keyboard_alone(page: Page, example: Locator) -> None:
    example.get_by_role("button", name="Run", exact=True).focus()
    page.keyboard.press("Enter")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    expect(example.get_by_role("button", name="Stop")).to_be_focused()
    example.get_by_role("textbox", name="Path").focus()
    page.keyboard.press("Enter")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    example.get_by_role("tab", name="Response").focus()
    page.keyboard.press("ArrowRight")
    expect(example.get_by_role("tab", name="Log")).to_be_focused()
    expect(example.get_by_role("log")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(example.get_by_role("tab", name="Response")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_never_scrolls_sideways(page: Page, example: Locator, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    press(example, "Edit")
    expect(example.get_by_role("textbox", name="Source of")).to_be_focused()
    example.get_by_text("Headers and body").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert example.evaluate("element => element.scrollWidth <= element.clientWidth + 1")


def test_no_style_attribute_of_ours(example: Locator) -> None:
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    assert example.locator("[style]").count() == 0
