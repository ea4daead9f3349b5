"""Non-blocking servers on the in-memory network: sockets for a poll loop that has no `select`.

A server of this kind keeps a map of what it serves, and asks the system which of it can be read.
Here nothing can be asked and nothing may wait. So the network says when something has arrived, and
the server's loop takes a turn then.
"""

import asyncio
import errno
import itertools
import socket
from collections.abc import Callable
from typing import Any

from runnable.inmemory.network.sockets import BlockingSocket, ListeningSocket
from runnable.inmemory.network.transport import MemoryTransport

DESCRIPTORS = itertools.count(1_000_000)  # such a server knows its sockets by number
SEND_BUFFER = 1024 * 1024  # bytes; what a server writes at once, no more


class PolledSocket(BlockingSocket):
    """A connected socket of a server: where nothing has arrived, `recv` raises BlockingIOError."""

    def __init__(self, transport: MemoryTransport) -> None:
        super().__init__(transport, b"")
        self._ended = False
        self._descriptor = next(DESCRIPTORS)

    def feed(self, data: bytes) -> None:
        """Note what has arrived; `b""` is the end of file."""
        self._received += data
        self._ended = self._ended or not data

    @property
    def readable(self) -> bool:
        """Whether `recv` has something to give."""
        return bool(self._received) or self._ended

    def _next_bytes(self) -> bytes:
        if self._ended:
            return b""
        raise BlockingIOError(errno.EWOULDBLOCK, "nothing has arrived")

    def getsockopt(self, *options: object) -> int:
        """Every option reads 0, but how much may be sent at once."""
        return SEND_BUFFER if socket.SO_SNDBUF in options else 0

    def fileno(self) -> int:
        """A number that no other socket and no file has."""
        return self._descriptor


class PollingFront(asyncio.Protocol):
    """Hands each connection, and then all that arrives on it, to a server's loop."""

    def __init__(self, listening: ListeningSocket, turn: Callable[[], None]) -> None:
        """`turn` is called whenever the listening socket or a connection can be read."""
        self._listening, self._turn = listening, turn

    def connection_made(self, transport: Any) -> None:
        """A client has connected."""
        self._socket = PolledSocket(transport)
        self._listening.push(self._socket)
        self._turn()

    def data_received(self, data: bytes) -> None:
        """Something has arrived."""
        self._socket.feed(data)
        self._turn()

    def eof_received(self) -> bool:
        """The client sends no more, and may still receive: the server closes."""
        self._socket.feed(b"")
        self._turn()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone, or the server has closed."""
        self._socket.feed(b"")
        self._turn()
