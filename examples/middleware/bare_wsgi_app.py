# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""Pure WSGI middleware: a request's id, and the time to its answer."""

import time
import uuid


def middleware(app):
    def wrapped(environ, start_response):
        began = time.perf_counter()
        request_id = environ.get("HTTP_X_REQUEST_ID", uuid.uuid4().hex)

        def start(status, headers, exc_info=None):
            ms = (time.perf_counter() - began) * 1000
            more = [
                ("X-Request-ID", request_id),
                ("Server-Timing", f"app;dur={ms:.1f}"),
            ]
            return start_response(status, headers + more, exc_info)

        # The iterable goes on untouched: a stream stays a stream.
        return app(environ, start)

    return wrapped


def numbers():
    for number in range(1, 4):
        yield f"{number}\n".encode()
        time.sleep(0.1)


@middleware
def app(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response("200 OK", headers)
    if environ["PATH_INFO"] == "/stream":
        return numbers()
    return [b"Hello!\n"]
