# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""Server-sent events from a bare WSGI application."""

import time


def read_number(event_id):
    try:
        return max(int(event_id), 0)
    except ValueError:  # a client may send any text as an id
        return 0


def events(last):
    yield b"retry: 2000\n\n"  # reconnect after 2 s
    for number in range(last + 1, 5):
        yield b": heartbeat\n\n"  # a comment, while there is no news
        time.sleep(0.1)
        yield f"data: {number * 25} %\nid: {number}\n\n".encode()


def app(environ, start_response):
    last = read_number(environ.get("HTTP_LAST_EVENT_ID", "0"))
    if last >= 4:  # it has all: a browser does not come back
        start_response("204 No Content", [])
        return [b""]
    headers = [
        ("Content-Type", "text/event-stream; charset=utf-8"),
        ("Cache-Control", "no-cache"),
        ("X-Accel-Buffering", "no"),
    ]
    start_response("200 OK", headers)
    return events(last)
