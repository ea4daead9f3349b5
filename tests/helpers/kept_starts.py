"""How the tests see which starts of interpreters the browser keeps."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from helpers.patience import wait_until
from runnable.harness.in_page import call_in_page

IN_PAGE = Path(__file__).with_suffix(".js")


def kept_starts(page: Page) -> list[dict[str, Any]]:
    """What is kept: each with its url, size, hash, when it was used, and whether that is done."""
    found: list[dict[str, Any]] = call_in_page(page.locator("html"), IN_PAGE, "list")
    return found


def spoil(page: Page, what: str) -> None:
    """Change the one that is kept."""
    call_in_page(page.locator("html"), IN_PAGE, "spoil", what)


def await_kept(page: Page, count: int = 1) -> list[dict[str, Any]]:
    """Wait until so many are kept, or have been found not to be."""
    assert wait_until(lambda: len(kept_starts(page)) == count), kept_starts(page)
    return kept_starts(page)
