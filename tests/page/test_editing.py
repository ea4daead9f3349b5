"""Editing, and what bad input gets; in Chromium."""

from pathlib import Path

import pytest
from helpers.element import HELLO, expect_state, find, press, set_source
from playwright.sync_api import Locator, Page, expect

from runnable.harness.in_page import call_in_page

pytestmark = pytest.mark.small_device

IN_PAGE = Path(__file__).with_name("in_page.js")

# Editing


def test_edit_runs_and_survives_a_reload(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    press(example, "Edit")
    editor = example.get_by_role("textbox", name="Source of hello/bare_asgi_app.py")
    expect(editor).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(HELLO)
    expect(example.get_by_text("edited", exact=True)).to_be_visible()
    expect(example.get_by_role("button", name="Run again")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")

    page.reload()
    expect(example.get_by_text("edited", exact=True)).to_be_visible()
    expect(editor).to_contain_text("edited hello")
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")


def test_reset_and_undo(page: Page, example: Locator) -> None:
    published = example.evaluate("element => element.source")
    set_source(example, HELLO)
    press(example, "Reset")
    assert example.evaluate("element => element.source") == published
    expect(example.locator(".highlight")).to_be_visible()
    press(example, "Undo reset")
    assert example.evaluate("element => element.source") == HELLO
    press(example, "Reset")
    page.reload()
    assert example.evaluate("element => element.source") == published


def test_edit_of_an_earlier_version_is_not_applied_silently(page: Page, example: Locator) -> None:
    published = example.evaluate("element => element.source")
    set_source(example, HELLO)
    call_in_page(example, IN_PAGE, "makeEditOutdated")
    page.reload()
    expect(example.get_by_text("You edited an earlier version")).to_be_visible()
    assert example.evaluate("element => element.source") == published
    press(example, "Use my edit")
    assert example.evaluate("element => element.source") == HELLO


def test_tab_indents_and_escape_leaves_the_editor(page: Page, example: Locator) -> None:
    press(example, "Edit")
    expect(example.get_by_role("textbox", name="Source of")).to_be_focused()
    page.keyboard.press("Tab")
    expect(example.get_by_role("textbox", name="Source of")).to_be_focused()
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    expect(example.get_by_role("button", name="Run", exact=True)).to_be_focused()


# Bad input


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def app(:\n", "SyntaxError"),
        ("import nothing_of_this_name\n", "nothing_of_this_name"),
        ("app = 3\n", "not callable"),
        ("x = 1\n", "app"),
    ],
)
def test_bad_program_is_told_and_the_next_run_works(
    example: Locator, source: str, message: str
) -> None:
    set_source(example, source)
    press(example, "Run")
    expect_state(example, "failed")
    expect(example.get_by_role("status").first).to_contain_text(message)
    expect(example.get_by_role("log")).to_be_visible()
    set_source(example, HELLO)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "starts with a slash"),
        ("hello", "starts with a slash: /hello"),
        ("/%zz", "%zz is no escape"),
        ("/#top", "never sent to a server"),
    ],
)
def test_bad_path_is_told_at_the_field(example: Locator, path: str, message: str) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    field = example.get_by_role("textbox", name="Path")
    field.fill(path)
    press(example, "Send")
    expect(example.get_by_role("alert")).to_contain_text(message)
    expect(field).to_be_focused()
    field.fill("/")
    press(example, "Send")
    expect(example.locator(".runnable-head")).to_contain_text("200 OK")


def test_path_with_spaces_and_unicode_is_encoded(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    example.get_by_role("textbox", name="Path").fill("/grüße an alle")
    press(example, "Send")
    expect(example.locator(".runnable-summary").first).to_contain_text(
        "GET /gr%C3%BC%C3%9Fe%20an%20alle → "
    )


def test_bad_header_is_told_at_the_field(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    example.get_by_text("Headers and body").click()
    field = example.get_by_role("textbox", name="Headers")
    field.fill("Accept text/plain")
    press(example, "Send")
    expect(example.get_by_role("alert")).to_contain_text("“Accept text/plain” is not a header")
    expect(field).to_be_focused()


@pytest.mark.console_errors("has no readable data")
def test_broken_data_leaves_a_code_block(page: Page, example: Locator) -> None:
    with page.expect_console_message(lambda message: "has no readable data" in message.text):
        call_in_page(page.locator("article"), IN_PAGE, "addBrokenExample")
    broken = page.locator("runnable-example").last
    assert broken.evaluate("element => element.querySelector('pre').textContent") == "x"
    expect(broken.get_by_role("button", name="Run")).to_have_count(0)


# What a header asks for, and what a server refuses

STARLETTE = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("from Starlette"))])
"""
HEADER = '# /// script\n# dependencies = ["uvicorn", "{package}"]\n# ///\n'


def test_a_header_can_ask_for_what_the_site_has(example: Locator) -> None:
    set_source(example, HEADER.format(package="no-such-package") + STARLETTE)
    press(example, "Run")
    expect(example.get_by_role("status").first).to_contain_text(
        "The site has no package named no-such-package for the browser. It has: aiofiles,"
    )
    expect_state(example, "failed")
    set_source(example, HEADER.format(package="Starlette >=0.1") + STARLETTE)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("from Starlette")


def test_a_refused_websocket_shows_the_answer(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "websocket/bare_asgi_app.py")
    source = example.evaluate("element => element.source")
    refusing = source.replace('"type": "websocket.accept"', '"type": "websocket.close"')
    assert refusing != source
    set_source(example, refusing)
    press(example, "Run")
    head = example.get_by_label("Status line and headers").last
    expect(head).to_contain_text("HTTP/1.1 403")
    expect(example.get_by_label("Frames")).to_be_hidden()
    expect_state(example, "ready")
