"""Writes a custom element into a page: what stands in it, and the data for its script."""

from __future__ import annotations

import json
from typing import Any


def element(md: Any, tag: str, inner: str, data: object, attributes: str = "") -> str:
    """Give the HTML of an element that a fence becomes.

    Args:
        md: The Markdown instance.
        tag: The element's name.
        inner: What readers see without its script.
        data: What its script knows.
        attributes: What else stands in its tag, as HTML.
    """
    # Otherwise the element would land in a <p>.
    if tag not in md.block_level_elements:
        md.block_level_elements.append(tag)
    # "<" is escaped for </script> and <!--, which end or confuse a script.
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    # The search's index holds what pages say: programs would add half as much again.
    return (
        f"<{tag}{attributes} data-search-exclude>\n{inner}\n"
        f'<script type="application/json">{text}</script>\n</{tag}>'
    )
