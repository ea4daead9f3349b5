# /// script
# tool.runnable.server = "wsgiref"
# ///
"""A WSGI application for what crosses the wire: bodies, failures, endless streams."""

import os
import time
from wsgiref.handlers import BaseHandler


def endless():
    try:
        for number in range(1000):
            yield b"%05d" % number + b"." * 10_000
            time.sleep(0.01)
    finally:
        print("the stream was closed", flush=True)


def describe(environ):
    """All that the server put there; of what differs from run to run, the names only."""
    # Gunicorn's arbiter sets SERVER_SOFTWARE in os.environ too. wsgiref has read os.environ when it
    # was imported, it may be by another test, which had a variable more.
    inherited = {*os.environ, *BaseHandler.os_environ}
    own = sorted({*environ} - inherited | {"SERVER_SOFTWARE"})
    shown = {key for key in own if isinstance(environ.get(key), bool | str | tuple)}
    shown -= {"REMOTE_PORT", "SERVER_PORT"}
    return "".join(f"{key}: {environ[key]!r}\n" if key in shown else f"{key}\n" for key in own)


def app(environ, start_response):
    path = environ["PATH_INFO"]
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    if path == "/fail":
        raise RuntimeError("a failure to be logged")
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Twice", "a"), ("X-Twice", "b")])
    if path == "/endless":
        return endless()
    if path.startswith("/environ"):
        return [describe(environ).encode()]
    if path == "/file":
        return environ["wsgi.file_wrapper"](open(__file__, "rb"))
    if path == "/big":
        return [b"0123456789abcdef" * 65536]
    if path == "/length":
        return [str(len(body)).encode()]
    return [body or b"hello"]
