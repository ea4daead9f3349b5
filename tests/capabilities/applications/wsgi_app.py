# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""What the capability tests ask of a WSGI server: a path each."""

import io
import time

BLOCKS, PAUSE = 4, 0.2  # of /stream


def app(environ, start_response):
    """Find the last part of a path: servers differ in what they leave of a prefix."""
    answer = PATHS["/" + environ["PATH_INFO"].rpartition("/")[2]]
    return answer(environ, start_response)


def text(start_response, told):
    body = told.encode()
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def hello(environ, start_response):
    return text(start_response, "hello")


def sleep(environ, start_response):
    time.sleep(0.3)
    return text(start_response, "slept")


def block(environ, start_response):
    print("block began now", file=environ["wsgi.errors"], flush=True)
    time.sleep(2.0)
    print("block ended now", file=environ["wsgi.errors"], flush=True)
    return text(start_response, "blocked")


def finish(environ, start_response):
    print("finish began now", file=environ["wsgi.errors"], flush=True)
    time.sleep(1.0)
    return text(start_response, "finished")


def stream(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return parts()


def parts():
    for number in range(BLOCKS):
        if number:
            time.sleep(PAUSE)
        yield f"{number}\n".encode()


def read(environ, start_response):
    """Tell the length of a body; the log tells of each part of it, when it is there."""
    count = left = int(environ["CONTENT_LENGTH"])
    while left > 0:
        left -= len(environ["wsgi.input"].read(min(left, 16384)))
        print(count - left, "bytes read", file=environ["wsgi.errors"], flush=True)
    return text(start_response, str(count))


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
    start_response("200 OK", [("Content-Type", "text/plain")])
    return wrapper(io.BytesIO(b"a file"))


def write(environ, start_response):
    headers = [("Content-Type", "text/plain"), ("Content-Length", "13")]
    written = start_response("200 OK", headers)
    written(b"written, ")
    return [b"told"]


def late(environ, start_response):
    """A generator: nothing of it runs before the server asks for the first block."""
    start_response("201 Created", [("Content-Type", "text/plain"), ("Content-Length", "4")])
    yield b"late"


class Stream:
    """Tells the server's log after how many blocks it was closed."""

    def __init__(self, name, blocks, errors):
        self.name = name
        self.blocks = blocks
        self.errors = errors
        self.given = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.given == self.blocks:
            raise StopIteration
        if self.given:
            time.sleep(0.1)
        self.given += 1
        return b"x" * 1000

    def close(self):
        told = f"{self.name} stream closed after {self.given} of {self.blocks} blocks"
        print(told, file=self.errors, flush=True)


def close_short(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return Stream("short", 2, environ["wsgi.errors"])


def close_long(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return Stream("long", 20, environ["wsgi.errors"])


def early_hints(environ, start_response):
    """Send hints before the answer, where the server has the extension."""
    send = environ.get("wsgi.early_hints")
    if send is None:
        return text(start_response, "none")
    send([("Link", "</style.css>; rel=preload")])
    return text(start_response, "hinted")


def hop_by_hop(environ, start_response):
    """Ask the server to change the protocol, which is the server's to decide."""
    start_response("200 OK", [("Upgrade", "websocket"), ("Content-Length", "6")])
    return [b"passed"]


def client(environ, start_response):
    """Tell who asks, and how, as the server sees it."""
    return text(start_response, f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}")


def mounted(environ, start_response):
    """Tell where the server says that the application is mounted."""
    return text(start_response, f"{environ['SCRIPT_NAME']} {environ['PATH_INFO']}")


PATHS = {
    "/": hello,
    "/sleep": sleep,
    "/block": block,
    "/finish": finish,
    "/stream": stream,
    "/read": read,
    "/echo": echo,
    "/read-all": read_all,
    "/file": file,
    "/write": write,
    "/late": late,
    "/close-short": close_short,
    "/close-long": close_long,
    "/early-hints": early_hints,
    "/hop-by-hop": hop_by_hop,
    "/client": client,
    "/mounted": mounted,
}
