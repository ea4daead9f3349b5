"""The choice of a server; in Chromium."""

import re
from pathlib import Path

import pytest
from helpers.element import (
    HELLO,
    choose,
    expect_answer_of,
    expect_state,
    find,
    interpreters,
    press,
    set_source,
    status,
)
from playwright.sync_api import Locator, Page, expect

from runnable.harness.in_page import call_in_page

IN_PAGE = Path(__file__).with_name("in_page.js")

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('runnable-'))"


def test_the_chosen_server_answers(example: Locator) -> None:
    expect(example.get_by_role("combobox", name="Server")).to_have_value("uvicorn")
    choose(example, "Hypercorn")
    expect(status(example)).to_have_text("Hypercorn, in your browser")
    example.get_by_text("On your machine").click()
    expect(example.get_by_label("Commands")).to_have_text(
        "pip install hypercorn\npython -m hypercorn --bind 127.0.0.1:8000 bare_asgi_app:app"
    )
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")
    expect(status(example)).to_have_text("Hypercorn is running, in your browser")
    example.get_by_role("tab", name="Log").click()
    expect(example.get_by_role("log")).to_contain_text(
        re.compile(r"\$ python -m hypercorn --bind .* bare_asgi_app:app\n.*Running on", re.DOTALL)
    )
    assert "$ python" not in example.evaluate("element => element.log")


def test_no_choice_where_there_is_one_server(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}aiohttp/")
    example = find(page, "hello/aiohttp_app.py")
    expect_state(example, "idle")
    expect(example.get_by_role("combobox", name="Server")).to_have_count(0)


def test_the_next_run_takes_it_and_nothing_before(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    choose(example, "Hypercorn")
    expect(status(example)).to_have_text("Uvicorn is running; Run again starts Hypercorn")
    press(example, "Send")
    expect_answer_of(example, "Uvicorn")
    press(example, "Run again")
    expect(example.get_by_role("button", name="Stop")).to_be_focused()
    expect_answer_of(example, "Hypercorn")
    expect(example.get_by_role("button", name="Run again")).to_have_count(0)
    choose(example, "Uvicorn")
    example.get_by_role("button", name="Run again").dblclick()
    expect_answer_of(example, "Uvicorn")
    assert len(interpreters(page)) <= 2  # what runs, and a spare


def test_by_keyboard(page: Page, example: Locator, archives: list[str]) -> None:
    example.get_by_role("button", name="Run", exact=True).focus()
    page.keyboard.press("Tab")
    expect(example.get_by_role("combobox", name="Server")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(status(example)).to_have_text("Hypercorn, in your browser")
    page.keyboard.press("Shift+Tab")
    assert "hypercorn" not in archives
    page.keyboard.press("Enter")
    expect_answer_of(example, "Hypercorn")


def test_it_survives_a_reload_and_a_reset(page: Page, example: Locator) -> None:
    choose(example, "Hypercorn")
    set_source(example, HELLO)
    press(example, "Reset")
    page.reload()
    server = example.get_by_role("combobox", name="Server")
    expect(server).to_have_value("hypercorn")
    page.locator('article a[href$="/frameworks/starlette/"]').first.click()
    others = find(page, "notes/starlette_app.py").get_by_role("combobox", name="Server")
    expect(others).to_have_value("hypercorn")
    page.go_back()
    # Where the link was, the example may be too far away to have its buttons.
    choose(find(page, "hello/bare_asgi_app.py"), "Uvicorn")
    page.reload()
    expect(server).to_have_value("uvicorn")


def test_a_kept_choice_that_is_no_longer_offered_is_passed_over(
    page: Page, example: Locator
) -> None:
    choose(example, "Hypercorn")
    page.evaluate(f"for (const key of {KEPT}) localStorage.setItem(key, '[\"gone\"]')")
    page.reload()
    expect(example.get_by_role("combobox", name="Server")).to_have_value("uvicorn")


def test_unknown_server_is_refused(example: Locator) -> None:
    message = call_in_page(example, IN_PAGE, "refusalOfServer", "nginx")
    assert message == (
        "RangeError: No server named nginx runs hello/bare_asgi_app.py in the page;"
        " known: uvicorn, hypercorn"
    )
    assert example.evaluate("element => element.server") == "uvicorn"


def test_the_last_of_two_runs_counts(example: Locator) -> None:
    told = call_in_page(example, IN_PAGE, "runOneOverTheOther", ["hypercorn", "uvicorn"])
    assert told == ["The start was stopped.", "uvicorn"]


def test_a_late_answer_is_not_shown_under_the_next_name(example: Locator) -> None:
    slow = HELLO.replace("    await", "    import asyncio; await asyncio.sleep(3)\n    await", 1)
    set_source(example, slow)
    press(example, "Run")
    expect(example.get_by_role("button", name="Leave now")).to_be_visible()
    set_source(example, HELLO)
    choose(example, "Hypercorn")
    press(example, "Run again")
    summary = example.locator(".runnable-summary").first
    expect(summary).to_have_text(re.compile("bytes · Hypercorn$"))


@pytest.mark.parametrize("name", ["django_asgi", "sanic"])
def test_a_framework_that_starts_once_a_process_changes_servers(
    page: Page, site_url: str, name: str
) -> None:
    page.goto(f"{site_url}frameworks/{name.partition('_')[0]}/")
    example = find(page, f"notes/{name}_app.py")
    answers = call_in_page(example, IN_PAGE, "answersOf", ["uvicorn", "hypercorn", "uvicorn"])
    assert answers == [[200, "uvicorn"], [200, "hypercorn-h11"], [200, "uvicorn"]]


def test_http2_is_offered_where_it_is_spoken(example: Locator) -> None:
    protocol = example.get_by_role("combobox", name="Protocol")
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    expect(protocol).to_have_count(0)
    choose(example, "Hypercorn")
    press(example, "Run again")
    expect_answer_of(example, "Hypercorn")
    expect(example.locator(".runnable-head")).to_contain_text("HTTP/1.1 200")
    protocol.select_option("HTTP/2")
    press(example, "Send")
    expect(example.locator(".runnable-head")).to_contain_text("HTTP/2 200")
    expect(example.locator(".runnable-head")).to_contain_text("server: hypercorn-h2")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    example.get_by_role("combobox", name="Method").select_option("WebSocket")
    expect(protocol).to_be_hidden()
    example.get_by_role("combobox", name="Method").select_option("GET")
    expect(protocol).to_have_value("HTTP/2")

    # What stands in the bar is for Hypercorn; Send starts another server.
    press(example, "Stop")
    choose(example, "Uvicorn")
    press(example, "Send")
    expect_answer_of(example, "Uvicorn")
    expect(example.locator(".runnable-head")).to_contain_text("HTTP/1.1 200 OK")
    expect(protocol).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_room_for_it(page: Page, example: Locator, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    choose(example, "Hypercorn")
    expect(status(example)).to_contain_text("Run again starts Hypercorn")
    expect(example.get_by_text("Run fetches")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert example.evaluate("element => element.scrollWidth <= element.clientWidth + 1")
