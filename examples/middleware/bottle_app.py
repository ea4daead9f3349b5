# /// script
# dependencies = ["bottle"]
# tool.runnable.server = "wsgiref"
# ///
"""Bottle's way: a plugin around each handler."""

import time
import uuid

from bottle import Bottle, request, response

app = Bottle()


@app.install
def plugin(handler):
    def wrapped(*args, **kwargs):
        began = time.perf_counter()
        request_id = request.get_header(
            "X-Request-ID", uuid.uuid4().hex
        )
        body = handler(*args, **kwargs)
        ms = (time.perf_counter() - began) * 1000
        response.set_header("X-Request-ID", request_id)
        response.set_header("Server-Timing", f"app;dur={ms:.1f}")
        return body

    return wrapped


def numbers():
    for number in range(1, 4):
        yield f"{number}\n"
        time.sleep(0.1)


@app.get("/")
def hello():
    response.content_type = "text/plain; charset=utf-8"
    return "Hello!\n"


@app.get("/stream")
def stream():
    response.content_type = "text/plain; charset=utf-8"
    return numbers()
