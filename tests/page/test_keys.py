"""An example by keyboard: what is typed in it stays there, the focus is never lost; in Chromium."""

from pathlib import Path

import pytest
from helpers.element import HELLO, expect_state, find, press, set_source
from playwright.sync_api import Browser, Locator, Page, expect

from runnable.harness.in_page import call_in_page

pytestmark = pytest.mark.small_device

IN_PAGE = Path(__file__).with_name("in_page.js")
HEAR = "globalThis.heard = ''; addEventListener('keydown', ({ key }) => (heard += key))"
# Material's: next and previous page, search.
SHORTCUTS = "n.p,sf/"

ENDLESS_ANSWER = HELLO.replace(
    '    await send({"type": "http.response.body", "body": b"edited hello"})\n',
    "    import asyncio\n"
    '    await send({"type": "http.response.body", "body": b"x", "more_body": True})\n'
    "    await asyncio.Event().wait()\n",
)


def editor(example: Locator) -> Locator:
    return example.get_by_role("textbox", name="Source of")


def expect_focus_within(example: Locator) -> None:
    expect(example.locator(":focus")).to_have_count(1)


def test_what_is_typed_in_an_example_is_no_shortcut_of_the_page(
    page: Page, example: Locator
) -> None:
    address = page.url
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    page.evaluate(HEAR)
    for control in (
        example.get_by_role("button", name="Stop"),
        example.get_by_role("combobox", name="Server"),
        example.get_by_role("button", name="Edit"),
        example.get_by_text("On your machine"),
        example.get_by_role("textbox", name="Path"),
        example.get_by_text("Headers and body"),
        example.get_by_role("button", name="Send"),
        example.get_by_role("tab", name="Response"),
        example.get_by_label("Status line and headers").first,
    ):
        control.focus()
        page.keyboard.type(SHORTCUTS)
    # What is selected, to be copied, is still within the example.
    example.locator(".highlight .nf").first.dblclick()
    page.keyboard.type(SHORTCUTS)
    assert page.evaluate("heard") == ""
    assert page.url == address

    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url("**/comparison/")


def test_a_click_into_the_code_edits_there_and_escape_leaves(page: Page, example: Locator) -> None:
    name = example.locator(".highlight .nf", has_text="read_body")
    name.click(position={"x": 1, "y": 8})
    expect(editor(example)).to_be_focused()
    page.keyboard.press("Escape")
    expect(example.get_by_role("button", name="Run", exact=True)).to_be_focused()
    expect(example.locator(".highlight")).to_be_visible()

    name.click(position={"x": 1, "y": 8})
    expect(editor(example)).to_be_focused()
    page.keyboard.type("really_")
    assert "async def really_read_body(receive)" in example.evaluate("element => element.source")
    page.keyboard.press("Escape")
    expect(example.get_by_role("button", name="Run", exact=True)).to_be_focused()
    expect(editor(example)).to_be_visible()
    expect(example.get_by_text("Enter runs it, Esc leaves the editor")).to_be_visible()


def test_the_focus_stays_where_its_control_goes(page: Page, example: Locator) -> None:
    set_source(example, ENDLESS_ANSWER)
    press(example, "Run")
    cancel = example.get_by_role("button", name="Leave now")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(cancel).to_have_count(0)
    expect_focus_within(example)

    example.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    expect(example.get_by_role("button", name="Run", exact=True)).to_be_focused()
    example.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    expect(example.get_by_role("button", name="Edit")).to_be_focused()
    example.get_by_role("button", name="Undo reset").focus()
    page.keyboard.press("Enter")
    expect(editor(example)).to_be_focused()

    # A reader who has left is not called back.
    page.locator("h1").click()
    press(example, "Reset")
    page.locator("h1").click()
    example.evaluate("element => element.source = ''")
    expect(example.locator(":focus")).to_have_count(0)


def test_the_focus_stays_when_a_websocket_closes(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "websocket/bare_asgi_app.py")
    press(example, "Run")
    message = example.get_by_role("textbox", name="Message")
    expect(message).to_be_enabled()
    message.focus()
    page.keyboard.type("by hand")
    page.keyboard.press("Enter")
    expect(message).to_have_value("")
    received = example.locator(".runnable-frame--received").last
    expect(received).to_contain_text("by hand")
    expect(received.get_by_role("img", name="received")).to_be_visible()
    example.get_by_role("button", name="Close").focus()
    page.keyboard.press("Enter")
    expect(example.get_by_text("Closed by you, with 1000")).to_be_visible()
    expect(message).to_be_disabled()
    expect_focus_within(example)


def test_control_enter_sends_from_a_text_of_several_lines(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    example.get_by_role("combobox", name="Preset").select_option("echo")
    body = example.get_by_role("textbox", name="Body")
    body.fill("one")
    body.press("Enter")
    page.keyboard.type("two")
    page.keyboard.press("Control+Enter")
    expect(example.locator(".runnable-body")).to_contain_text("one\ntwo")
    send = example.get_by_role("button", name="Send").bounding_box()
    box = body.bounding_box()
    assert send
    assert box
    assert send["y"] > box["y"]


# What is seen of it


def test_the_focus_is_seen_on_headers_and_body(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    example.get_by_role("textbox", name="Path").focus()
    page.keyboard.press("Tab")
    summary = example.get_by_text("Headers and body")
    expect(summary).to_be_focused()
    assert summary.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_the_chosen_tab_is_told_in_forced_colours(page: Page, example: Locator) -> None:
    page.emulate_media(forced_colors="active")
    press(example, "Run")
    expect_state(example, "ready")
    colours = [
        example.get_by_role("tab", name=name).evaluate(
            "element => getComputedStyle(element).borderBottomColor"
        )
        for name in ("Response", "Log")
    ]
    assert len({*colours}) == 2


def test_a_finger_has_room(browser: Browser, site_url: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    try:
        page = context.new_page()
        page.goto(f"{site_url}asgi/")
        example = find(page, "hello/bare_asgi_app.py")
        example.get_by_role("button", name="Run", exact=True).tap()
        expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
        example.get_by_role("button", name="Edit").tap()
        expect(editor(example)).to_be_focused()
        assert call_in_page(example, IN_PAGE, "smallControls") == []
        size = editor(example).evaluate("element => getComputedStyle(element).fontSize")
        assert float(size.removesuffix("px")) >= 16
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        context.close()
