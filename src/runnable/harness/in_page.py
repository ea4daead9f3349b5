"""Calls functions of JavaScript modules in a page: programs stay out of Python's strings."""

import base64
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator

CALL = "async (element, [url, name, argument]) => (await import(url))[name](element, argument)"


def call_in_page(element: Locator, module: Path, function: str, argument: Any = None) -> Any:
    """Call a function that a module exports, and wait for what it returns.

    Args:
        element: What the function gets first.
        module: The file; it imports nothing.
        function: The name that it exports.
        argument: What the function gets next, as JSON.

    Returns:
        What the function returned, or its promise resolved to, by way of JSON.
    """
    url = "data:text/javascript;base64," + base64.b64encode(module.read_bytes()).decode()
    return element.evaluate(CALL, [url, function, argument])
