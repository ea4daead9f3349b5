"""Starts the system's Firefox, headless and silent, for tests."""

import shutil

from playwright.sync_api import Browser, Playwright

PREFERENCES: dict[str, str | float | bool] = {
    # Every host but this machine's own is asked of a proxy that is not there.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 1,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 1,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def launch_firefox(playwright: Playwright) -> Browser:
    """Start Firefox, which Playwright drives by WebDriver BiDi, as it is: no build of its own.

    Args:
        playwright: Playwright's sync API.
    """
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=shutil.which("firefox"),
        firefox_user_prefs=PREFERENCES,
    )
