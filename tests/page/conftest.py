"""Fixtures for what a reader meets in <runnable-example>."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

ARCHIVES = re.compile(r"/assets/runtime/(\w+)-[^/]+\.zip$")


@pytest.fixture
def archives(page: Page) -> list[str]:
    """The names of the packages that were asked for, growing."""
    asked: list[str] = []

    def note(request: Any) -> None:
        if found := ARCHIVES.search(request.url):
            asked.append(found[1])

    page.context.on("request", note)
    return asked
