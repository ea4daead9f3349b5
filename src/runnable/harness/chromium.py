"""Starts Debian's Chromium, headless and silent, for tests and benchmarks."""

import shutil
from collections.abc import Mapping

from playwright.sync_api import Browser, Playwright

QUIET = (
    "--no-sandbox",  # root, as in CI, cannot use it
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--site-per-process",  # as a reader's has it, and Debian's headless shell has not by itself
)
# Any other name leads to a port where nobody listens, whatever a page or a program tries.
NOBODY_ELSE = "MAP * 127.0.0.1:1"


# What is compiled once is not compiled better after a while: a third of the work of a run that is
# over before that pays.
BRIEF = "--js-flags=--no-wasm-tier-up --no-wasm-dynamic-tiering"


def launch_chromium(
    playwright: Playwright, hosts: Mapping[str, int], *, brief: bool = False
) -> Browser:
    """Start Chromium.

    Args:
        playwright: Playwright's sync API.
        hosts: Which loopback port answers for a `host:port` name, so that the site is found under
            the address that it was built for. All others are refused.
        brief: Whether programs in it run for some seconds only: not for what is measured.
    """
    served = (f"MAP {name} 127.0.0.1:{port}" for name, port in hosts.items())
    rules = ", ".join([*served, NOBODY_ELSE])
    arguments = [*QUIET, f"--host-resolver-rules={rules}", *([BRIEF] if brief else [])]
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
