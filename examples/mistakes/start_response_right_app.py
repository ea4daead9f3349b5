# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""start_response is called again, with exc_info."""

import sys


def app(environ, start_response):
    headers = [("Content-Type", "text/plain")]
    start_response("200 OK", headers)
    try:
        raise LookupError("no greeting")
    except LookupError:
        start_response("404 Not Found", headers, sys.exc_info())
        return [b"No greeting\n"]
