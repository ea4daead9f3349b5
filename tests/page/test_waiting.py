"""What a reader sees who waits for an answer; in Chromium."""

import re

import pytest
from helpers.element import HELLO, expect_state, find, press, set_source
from playwright.sync_api import Locator, Page, expect

LOOP = HELLO.replace("    await", "    while scope['path'] != '/good': pass\n    await", 1)
KEPT = "The program has not given control back for 3 s"


@pytest.fixture
def long_example(page: Page, site_url: str) -> Locator:
    """One that is longer than the window."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto(f"{site_url}frameworks/flask/")
    return find(page, "notes/flask_app.py")


def test_run_and_the_answer_of_long_code_are_in_sight(page: Page, long_example: Locator) -> None:
    long_example.evaluate("element => element.scrollIntoView()")
    assert long_example.evaluate("element => element.clientHeight > innerHeight")
    expect(long_example.get_by_role("button", name="Run", exact=True)).to_be_in_viewport()
    expect(long_example.get_by_role("tab", name="Response")).not_to_be_in_viewport()
    press(long_example, "Run")
    expect(long_example.locator(".runnable-body")).to_be_in_viewport()


def test_a_reader_who_types_on_is_left_alone(page: Page, long_example: Locator) -> None:
    long_example.locator(".highlight .sd").first.click()
    expect(long_example.get_by_role("textbox", name="Source of")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Home")
    before = page.evaluate("scrollY")
    expect(long_example.locator(".runnable-body")).to_contain_text("Notes")
    assert page.evaluate("scrollY") == before


def test_an_endless_loop_is_named_with_a_stop_beside_it(example: Locator) -> None:
    set_source(example, LOOP)
    press(example, "Run")
    notice = example.get_by_role("status").filter(has_text=KEPT)
    expect(notice).to_be_visible()
    expect(example.locator(".runnable-clock")).to_contain_text(" s")

    # To leave ends the wait, and not the loop: the next request is not answered either.
    press(example, "Leave now")
    expect(example.get_by_text("You left after")).to_be_visible()
    example.get_by_role("textbox", name="Path").fill("/good")
    press(example, "Send")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Stop").click()
    expect_state(example, "stopped")
    expect(notice).to_be_hidden()
    press(example, "Send")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")
    expect(notice).to_be_hidden()


def test_a_program_that_awaits_is_not_named(example: Locator) -> None:
    waits = HELLO.replace(
        "    await", "    import asyncio; await asyncio.Event().wait()\n    await", 1
    )
    set_source(example, waits)
    press(example, "Run")
    clock = example.locator(".runnable-clock")
    expect(clock).to_have_text(re.compile(r"^([4-9]|\d\d+) s$"))
    expect(example.get_by_text(KEPT)).to_be_hidden()
    press(example, "Leave now")
    expect(clock).to_have_text("")
