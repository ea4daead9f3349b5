# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A WSGI application with types, of the standard library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for the checker alone: nothing is imported
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

TYPE = ("Content-Type", "text/plain; charset=utf-8")


def app(
    environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    # The environ is a dict[str, Any]: here the checker must trust us.
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length).upper()
    size = ("Content-Length", str(len(body)))
    start_response("200 OK", [TYPE, size])
    return [body]
