"""Fixtures for what a reader meets in <runnable-example>."""

from collections.abc import Iterator

import pytest
from element import find
from playwright.sync_api import Locator, Page, expect


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """An interpreter's start takes seconds on a busy machine."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def example(page: Page, site_url: str) -> Locator:
    """The bare ASGI example: the one that starts soonest."""
    page.goto(f"{site_url}asgi/")
    return find(page, "hello/bare_asgi_app.py")
