# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""What the capability tests ask of a WSGI server: a path each."""

import io
import time

BLOCKS, PAUSE = 4, 0.2  # of /stream
ENDLESS = 20  # blocks of /close, 0.1 s apart


def app(environ, start_response):
    answer = PATHS[environ["PATH_INFO"]]
    return answer(environ, start_response)


def text(start_response, told):
    body = told.encode()
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def hello(environ, start_response):
    return text(start_response, "hello")


def sleep(environ, start_response):
    time.sleep(1.0)
    return text(start_response, "slept")


def stream(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return parts()


def parts():
    for number in range(BLOCKS):
        if number:
            time.sleep(PAUSE)
        yield f"{number}\n".encode()


def read(environ, start_response):
    """Tell the seconds from the first part of a body to the last."""
    left = int(environ["CONTENT_LENGTH"])
    came = []
    while left > 0:
        left -= len(environ["wsgi.input"].read(min(left, 16384)))
        came.append(time.monotonic())
    return text(start_response, f"{came[-1] - came[0]:.3f}")


def echo(environ, start_response):
    """Tell five bytes of the body, whatever is said of its length."""
    return text(start_response, repr(environ["wsgi.input"].read(5)))


def read_all(environ, start_response):
    """Read the body without a length, and tell whether the environ promises that it ends."""
    body = environ["wsgi.input"].read()
    return text(start_response, f"{body!r} {environ.get('wsgi.input_terminated')}")


def file(environ, start_response):
    wrapper = environ.get("wsgi.file_wrapper")
    if wrapper is None:
        return text(start_response, "none")
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Wrapper", "called")])
    return wrapper(io.BytesIO(b"a file"))


def write(environ, start_response):
    headers = [("Content-Type", "text/plain"), ("Content-Length", "12")]
    told = start_response("200 OK", headers)
    told(b"called, ")
    return [b"told"]


class Endless:
    """Tells the server's log after how many blocks it was closed."""

    def __init__(self, errors):
        self.errors = errors
        self.count = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.count == ENDLESS:
            raise StopIteration
        if self.count:
            time.sleep(0.1)
        self.count += 1
        return b"x" * 1000

    def close(self):
        print(f"closed after {self.count} blocks", file=self.errors, flush=True)


def close(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return Endless(environ["wsgi.errors"])


PATHS = {
    "/": hello,
    "/sleep": sleep,
    "/block": sleep,
    "/stream": stream,
    "/read": read,
    "/echo": echo,
    "/read-all": read_all,
    "/file": file,
    "/write": write,
    "/close": close,
}
