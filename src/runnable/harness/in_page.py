"""Calls functions of JavaScript modules in a page: programs stay out of Python's strings."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator

# Not by import(): the page's Content-Security-Policy lets in no module that is not the site's.
CALL = "(element, argument) => "
EXPORT = re.compile(r"^export (?=(async )?function\b)", re.MULTILINE)


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
    program = EXPORT.sub("", module.read_text("utf-8"))
    body = f"{{\n{program}\nreturn {function}(element, argument);\n}}"
    return element.evaluate(CALL + body, argument)
