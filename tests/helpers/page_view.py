"""How the tests open the Page view, and use the page in it."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, expect

from helpers.element import press, set_source


@dataclass
class BrowsedPage:
    """The Page view's browser, with one tab open."""

    example: Locator

    @property
    def frame(self) -> FrameLocator:
        """The application's page."""
        return self.example.frame_locator("iframe").first

    @property
    def address(self) -> Locator:
        """The field with its address."""
        return self.example.get_by_role("textbox", name="Address").first

    @property
    def status(self) -> Locator:
        """What the view says of the last navigation."""
        return self.example.locator(".runnable-page [role=status]").first

    @property
    def requests(self) -> Locator:
        """The requests that the view lists."""
        return self.example.locator(".runnable-page-requests li")

    def go(self, address: str) -> None:
        """Write an address, and wait for what comes of it."""
        self.address.fill(address)
        self.address.press("Enter")
        expect(self.status).not_to_have_text(re.compile("…$"))

    def asked(self) -> list[str]:
        """What the application printed that it was asked for, since the view was opened."""
        log: str = self.example.evaluate("element => element.log")
        return re.findall(r"^asked: (\S+ \S+)", log, re.MULTILINE)[1:]


def browse(example: Locator, application: Path, **replaced: str) -> BrowsedPage:
    """Run an application in an example's place, with its folder's files, and open its page.

    Args:
        example: The example.
        application: Its file, `…/<name>_app.py`; the files are in `…/<name>/`.
        replaced: What stands in the files for a word.
    """
    folder = application.with_name(application.stem.removesuffix("_app"))
    files: dict[str, str] = {}
    for file in folder.rglob("*.*"):
        text = file.read_text("utf-8")
        for word, by in replaced.items():
            text = text.replace(word, by)
        path = f"/{file.relative_to(folder)}"
        files[path.removesuffix("index.html").removesuffix(".html")] = text
    source = application.read_text("utf-8")
    set_source(example, source.replace("FILES = {}", f"FILES = {files!r}"))
    return open_page(example, run=True)


def open_page(example: Locator, *, run: bool = False) -> BrowsedPage:
    """Open the Page view of what has answered."""
    if run:
        press(example, "Run")
    example.get_by_role("tab", name="Page").click()
    return BrowsedPage(example)
