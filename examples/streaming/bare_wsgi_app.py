# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A bare WSGI application that streams: it yields bytes."""

import time


def app(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response("200 OK", headers)
    for number in range(1, 5):
        yield f"{number}\n".encode()
        time.sleep(0.15)
