"""Fixtures for what a program may do to its page."""

from collections.abc import Iterator

import pytest
from helpers.element import find
from helpers.patience import PATIENCE
from playwright.sync_api import Locator, Page, expect


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=1000 * PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def example(page: Page, site_url: str) -> Locator:
    """The bare ASGI example: the one that starts soonest."""
    page.goto(f"{site_url}asgi/")
    return find(page, "hello/bare_asgi_app.py")
