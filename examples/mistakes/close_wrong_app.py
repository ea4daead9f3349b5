# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""Middleware that drops close(): what is open stays open."""

open_bodies = set()


class Body:
    def __init__(self):
        open_bodies.add(self)

    def __iter__(self):
        yield b"hello\n"

    def close(self):
        open_bodies.discard(self)


def inner(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/open":
        return [b"left open\n" if open_bodies else b"all closed\n"]
    return Body()


def app(environ, start_response):
    for piece in inner(environ, start_response):
        yield piece.upper()
