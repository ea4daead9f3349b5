# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A bare WSGI application to measure: it waits, computes, streams."""

import time


def hello():
    yield b"Hello\n"


def wait():
    time.sleep(0.05)
    yield b"Waited 0.05 s\n"


def compute():
    total = sum(number % 7 for number in range(1_000_000))
    yield f"{total}\n".encode()


def stream():
    for _ in range(10):
        yield b"tick\n"
        time.sleep(0.1)


PATHS = {
    "/": hello,
    "/wait": wait,
    "/compute": compute,
    "/stream": stream,
}


def app(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response("200 OK", headers)
    return PATHS[environ["PATH_INFO"]]()
