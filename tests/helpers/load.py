"""Clients that ask without a pause, and count what became of each request."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from helpers.patience import PATIENCE, wait_until

CLIENTS = 4
# What they ask: each answers with the process that it runs in, after a short wait.
SOURCES = {
    "WSGI": """
import os, time

def app(environ, start_response):
    if environ["PATH_INFO"].endswith("/wait"):
        time.sleep(0.02)
    body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
""",
    "ASGI": """
import asyncio, os

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"].endswith("/wait"):
        await asyncio.sleep(0.02)
    body = str(os.getpid()).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
""",
}


@dataclass
class Load:
    """What became of the requests so far; each had a connection of its own.

    Attributes:
        answers: The bodies of the answers that came whole, in their order.
        refused: How many clients could not connect.
        cut_off: How many connected, and got no whole answer.
    """

    answers: list[bytes] = field(default_factory=list)
    refused: int = 0
    cut_off: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def lost(self) -> str:
        asked = len(self.answers) + self.refused + self.cut_off
        return f"{self.refused + self.cut_off} of {asked}"

    def wait_for_answers(self, count: int = 3 * CLIENTS) -> None:
        """Wait until as many more requests are answered."""
        before = len(self.answers)
        assert wait_until(lambda: len(self.answers) >= before + count), self

    def wait_for_others(self) -> None:
        """Wait until nobody answers any more who has answered until now: bodies name who it is."""
        before = set(self.answers)
        many = 5 * CLIENTS
        assert wait_until(lambda: not before & set(self.answers[-many:])), self

    def ask(self, port: int) -> None:
        """Be a client, until it is over."""
        while not self._over.wait(0.002):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            try:
                connection.connect()
            except ConnectionRefusedError:
                with self._lock:
                    self.refused += 1
                self._over.wait(0.02)
                continue
            try:
                connection.request("GET", "/wait")
                answer = connection.getresponse()
                body = answer.read()
                assert answer.status == 200, answer.status
                with self._lock:
                    self.answers.append(body)
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.cut_off += 1
            finally:
                connection.close()


@contextmanager
def under_load(port: int) -> Iterator[Load]:
    """Have clients ask a server, from before the block's first line to its last.

    Args:
        port: Where it listens. It serves one of `SOURCES`.

    Yields:
        What becomes of the requests.
    """
    load = Load()
    threads = [threading.Thread(target=load.ask, args=(port,)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        load.wait_for_answers()
        yield load
    finally:
        load._over.set()
        for thread in threads:
            thread.join()
