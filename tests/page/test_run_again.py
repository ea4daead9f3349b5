"""Every run takes an interpreter of its own, and one is kept ready for the next; in Chromium."""

from pathlib import Path

import pytest
from helpers.element import (
    HELLO,
    await_interpreters,
    expect_state,
    find,
    interpreters,
    press,
    set_source,
)
from playwright.sync_api import Locator, Page, expect

from runnable.harness.in_page import call_in_page

IN_PAGE = Path(__file__).with_name("in_page.js")

# What a program leaves behind in its interpreter.
LEAVES = """
import builtins, os, sys, time
builtins.left = sys.modules["left"] = time
os.environ["LEFT"] = "left"
open("/tmp/left", "w").close()
sys.path.append("/left")
"""
LOOKS = """
import builtins, os, sys
LEFT = [hasattr(builtins, "left"), "left" in sys.modules, "LEFT" in os.environ,
        os.path.exists("/tmp/left"), "/left" in sys.path]
"""


@pytest.mark.parametrize("name", ["django_wsgi", "sanic"])
def test_a_framework_that_runs_once_a_process_runs_again(
    page: Page, site_url: str, name: str
) -> None:
    page.goto(f"{site_url}frameworks/{name.partition('_')[0]}/")
    example = find(page, f"notes/{name}_app.py")
    for before, after, seen in (
        ("", "", "Buy milk"),
        ("Buy milk", "Buy tea", "Buy tea"),
        ("Buy tea", "Buy rice", "Buy rice"),
    ):
        assert seen in call_in_page(example, IN_PAGE, "editAndRun", [before, after])


def test_nothing_is_left_of_the_run_before(page: Page, example: Locator) -> None:
    looks = HELLO.replace('b"edited hello"', "repr(LEFT).encode()") + LOOKS
    for source in (looks + LEAVES, looks):
        set_source(example, source)
        press(example, "Run again" if source is looks else "Run")
        expect(example.locator(".runnable-body")).to_contain_text(repr([False] * 5))


def test_a_spare_is_kept_and_taken_one_a_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    first = find(page, "hello/bare_asgi_app.py")
    second = find(page, "streaming/bare_asgi_app.py")
    press(first, "Run")
    runs, spare = await_interpreters(page, 2)
    set_source(first, HELLO)
    press(first, "Run again")
    expect(first.locator(".runnable-body")).to_contain_text("edited hello")
    assert spare in interpreters(page)
    assert runs not in interpreters(page)

    press(second, "Run")
    expect_state(second, "ready")
    assert spare in await_interpreters(page, 3)  # two that run, and the second's spare
