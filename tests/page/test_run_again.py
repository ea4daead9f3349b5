"""Frameworks that keep their application as long as the process lives can still be run again."""

from pathlib import Path

import pytest
from helpers.element import find
from playwright.sync_api import Page

from runnable.harness.in_page import call_in_page

IN_PAGE = Path(__file__).with_name("in_page.js")


@pytest.mark.parametrize("name", ["django_wsgi", "django_asgi", "sanic"])
def test_an_edit_is_served_by_a_fresh_interpreter(page: Page, site_url: str, name: str) -> None:
    page.goto(f"{site_url}frameworks/{name.partition('_')[0]}/")
    example = find(page, f"notes/{name}_app.py")
    for before, after, seen in (
        ("", "", "Buy milk"),
        ("Buy milk", "Buy tea", "Buy tea"),
        ("Buy tea", "Buy rice", "Buy rice"),
    ):
        assert seen in call_in_page(example, IN_PAGE, "editAndRun", [before, after])
