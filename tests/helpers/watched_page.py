"""Chromium for the tests, and pages of it that note what must not happen."""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Request, sync_playwright

from helpers.patience import PATIENCE
from runnable.harness.chromium import launch_chromium

SMALL_DEVICE = Path(__file__).with_name("small_device.js")


class Chromium:
    """Keeps Chromium up from its first use until it is closed, and then from its next use on.

    While it is up, Playwright's loop runs in this thread, and no other loop can.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._browser: Browser | None = None

    def browser(self, hosts: Mapping[str, int]) -> Browser:
        """Give the browser, started if it is not up; see `launch_chromium`."""
        if self._browser is None:
            playwright = self._stack.enter_context(sync_playwright())
            self._browser = self._stack.enter_context(
                launch_chromium(playwright, hosts, brief=True)
            )
        return self._browser

    def close(self) -> None:
        """Stop it, if it is up."""
        self._browser = None
        self._stack.close()


class WatchedPage:
    """A page with a cache of its own; it notes console errors and requests to anyone else.

    Attributes:
        page: The page.
        browser: The browser that it is in.
    """

    def __init__(
        self,
        browser: Browser,
        site_url: str,
        expected: Collection[str] = (),
        *,
        small_device: bool = False,
    ) -> None:
        """Open it.

        Args:
            browser: Where.
            site_url: The only site that it may ask.
            expected: Parts of the console errors that are meant.
            small_device: Whether it is on one that makes no spare interpreter.
        """
        self.browser = browser
        self._origin = urlsplit(site_url).netloc
        self._expected = expected
        self._wrong: list[str] = []
        self._context = browser.new_context(viewport={"width": 1280, "height": 900})
        self._context.on("request", self._note_request)
        self._context.on("console", self._note_console)
        self._context.on("weberror", lambda error: self._note(f"uncaught: {error.error}"))
        self._context.set_default_timeout(1000 * PATIENCE)
        if small_device:
            self._context.add_init_script(path=SMALL_DEVICE)
        self.page = self._context.new_page()

    def check(self) -> None:
        """Fail where something happened that must not, since it was last checked."""
        wrong, self._wrong = self._wrong, []
        assert not wrong, "\n".join(wrong)

    def close(self) -> None:
        """Close it with all that it has kept."""
        self._context.close()

    def _note_request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.netloc != self._origin:
            self._wrong.append(f"a request left the site: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console error: {message.text} ({message.location.get('url')})")

    def _note(self, error: str) -> None:
        if not any(text in error for text in self._expected):
            self._wrong.append(error)
