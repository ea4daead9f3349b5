"""Starts Debian's WebKitGTK, on a screen of its own that nobody sees, for tests."""

import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service

BROWSERS = "webkit2gtk-4.*/MiniBrowser"


def missing_for_webkit() -> list[str]:
    """What it takes and the machine has not."""
    missing = [name for name in ("WebKitWebDriver", "Xvfb") if shutil.which(name) is None]
    return missing if find_browser() else [*missing, "MiniBrowser"]


def find_browser() -> Path | None:
    """WebKit's own small browser: it has a folder that is in no PATH."""
    return next(iter(sorted(Path("/usr/lib").glob(f"*/{BROWSERS}"))), None)


@contextmanager
def launch_webkit() -> Iterator[WebKitGTK]:
    """Start it: one at a time."""
    options = WebKitGTKOptions()
    options.binary_location = str(find_browser())
    options.add_argument("--automation")
    with _screen() as display:
        environment = os.environ | {"DISPLAY": display}
        service = Service(executable_path=shutil.which("WebKitWebDriver"), env=environment)
        with warnings.catch_warnings():
            # Selenium calls what it has itself deprecated.
            warnings.simplefilter("ignore", DeprecationWarning)
            driver = WebKitGTK(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """Give the name of a display. It must not reset itself, or a browser's start hangs."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-noreset"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()
