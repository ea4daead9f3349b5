"""Hostile programs: the page answers meanwhile, Stop ends each, and the next run answers."""

import re
from pathlib import Path

import pytest
from helpers.element import HELLO, expect_state, press, set_source
from helpers.hostile import Hostile, load_hostile
from playwright.sync_api import Locator, expect

from runnable.harness.in_page import call_in_page

HERE = Path(__file__).parent
IN_PAGE = HERE / "in_page.js"
PROGRAMS = list(load_hostile(HERE / "programs"))
ENDED = re.compile("ready|failed")


def chosen() -> list[object]:
    """All programs; but for the samples, the weekly run alone tries them."""
    marks = {True: (), False: (pytest.mark.weekly,)}
    return [pytest.param(it, id=it.name, marks=marks[it.sample]) for it in PROGRAMS]


def test_there_are_a_hundred() -> None:
    assert len(PROGRAMS) >= 100
    assert len({it.name for it in PROGRAMS}) == len(PROGRAMS)


@pytest.mark.parametrize("program", chosen())
def test_program(example: Locator, program: Hostile) -> None:
    set_source(example, program.source)
    call_in_page(example, IN_PAGE, "begin")
    if program.state == "any":
        expect(example).to_have_attribute("data-state", ENDED)
    else:
        expect_state(example, program.state)
    if example.get_attribute("data-state") == "ready":
        outcome = call_in_page(example, IN_PAGE, "ask", program.answer != "none")
        assert program.answer in ("any", "none") or outcome == program.answer
    if program.dies:
        expect_state(example, "failed")
    # The page answers, whatever the program does.
    for tab in ("Log", "Response"):
        example.get_by_role("tab", name=tab).click()
        expect(example.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    call_in_page(example, IN_PAGE, "stop")
    set_source(example, HELLO)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")
    assert example.evaluate("element => element.log.length") < 3_000_000
