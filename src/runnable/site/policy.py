"""Writes the pages' Content-Security-Policy: what a page, and a program in it, may fetch and run.

A static host such as GitHub Pages lets a site set no headers. So the policy stands in a meta
element, first in each page's head (https://www.w3.org/TR/CSP3/#meta-element). A Web Worker that is
started from a blob: URL inherits it, and there it is what keeps a reader's program from other hosts
(src/page/server/port.js). What a meta element cannot say: who may frame the page, and where
to report.

Scripts within a page run by their hashes. Each page has the hashes of all, for Material's instant
navigation puts one page into another.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
BEFORE = re.compile(r'<meta charset="utf-8">')
META = '<meta http-equiv="Content-Security-Policy" content="{}">'
# MkDocs' own server writes a script into each page, another with each build.
ANY_INLINE = "'unsafe-inline'"


def add_policy(site: Path, *, live_reload: bool = False) -> None:
    """Write the policy into each page of a built site.

    Args:
        site: The folder.
        live_reload: Whether MkDocs' own server will add scripts, whose hashes nobody knows yet.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    inline = (ANY_INLINE,) if live_reload else hashes_of(pages.values())
    meta = META.format(policy(inline))
    for path, text in pages.items():
        written = BEFORE.sub(lambda charset: f"{charset[0]}\n      {meta}", text, count=1)
        path.write_text(written, "utf-8")


def policy(inline: Iterable[str]) -> str:
    """The policy.

    Args:
        inline: Which scripts within a page may run: sources as `script-src` has them.
    """
    directives = {
        "default-src": ("'self'",),
        "script-src": ("'self'", "'wasm-unsafe-eval'", *inline),
        # Diagrams are drawn with styles of their own, and figures have style attributes.
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": ("'self'", "data:", "blob:"),
        "font-src": ("'self'", "data:"),
        "worker-src": ("'self'", "blob:"),
        "frame-src": ("'self'", "blob:"),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def hashes_of(pages: Iterable[str]) -> list[str]:
    """The hash of each script that stands in a page, as `script-src` has it, sorted."""
    scripts = {
        script["text"]
        for page in pages
        for script in INLINE.finditer(page)
        if not re.search(r"\b(src|type)=", script["attributes"])
    }
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
