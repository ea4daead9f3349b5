"""Fixtures for what a reader meets in <runnable-example>."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from helpers.element import find
from helpers.patience import PATIENCE
from playwright.sync_api import Locator, Page, expect

ARCHIVES = re.compile(r"/assets/runtime/(\w+)-[^/]+\.zip$")


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """An interpreter's start takes a second, and many where others take the processors."""
    expect.set_options(timeout=1000 * PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def example(page: Page, site_url: str) -> Locator:
    """The bare ASGI example: the one that starts soonest."""
    page.goto(f"{site_url}asgi/")
    return find(page, "hello/bare_asgi_app.py")


@pytest.fixture
def archives(page: Page) -> list[str]:
    """The names of the packages that were asked for, growing."""
    asked: list[str] = []

    def note(request: Any) -> None:
        if found := ARCHIVES.search(request.url):
            asked.append(found[1])

    page.context.on("request", note)
    return asked
