"""Fronts: asyncio protocols that stand between the network and a server without asyncio.

The network calls a protocol; such a server wants to call a socket. A front is the protocol, makes
the socket (sockets.py), and lets the server run when that is of use:

- `BufferingFront` for a server that blocks. It collects each request until it has wholly arrived,
  as a buffering reverse proxy does, and only then lets the server accept the connection. The server
  reads the very bytes that the client has sent.
- `PollingFront` for a server with a poll loop, which asks the system what can be read. Here nothing
  can be asked: the front has the server's loop take a turn whenever something has arrived.
"""

import asyncio
from collections.abc import Callable

import h11

from runnable.inmemory.network.sockets import BlockingSocket, ListeningSocket, PolledSocket
from runnable.inmemory.network.transport import MemoryTransport
from runnable.inmemory.threads import outside_loop


class BufferingFront(asyncio.Protocol):
    """Waits until a request has wholly arrived, then has it served: once a connection.

    A request that waits for "100 Continue", or that is not HTTP, is let through at once: the answer
    is the server's to give.
    """

    def __init__(self, serve: Callable[[BlockingSocket], None]) -> None:
        self._serve = serve
        self._framing = h11.Connection(h11.SERVER)
        self._received = b""
        self._served = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, MemoryTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._served:
            return
        self._received += data
        if self._is_complete(data):
            self._let_through()

    def eof_received(self) -> bool:
        """The client sends no more: what has arrived is all there is."""
        if not self._served and self._received:
            self._let_through()
        return False

    def _is_complete(self, data: bytes) -> bool:
        try:
            self._framing.receive_data(data)
            while True:
                event = self._framing.next_event()
                if event is h11.NEED_DATA:
                    return self._framing.they_are_waiting_for_100_continue
                if event is h11.PAUSED or isinstance(event, h11.EndOfMessage):
                    return True
        except h11.RemoteProtocolError:
            return True

    def _let_through(self) -> None:
        self._served = True
        # A blocking server runs in a thread without an event loop: its applications may look for
        # one.
        outside_loop(self._serve, BlockingSocket(self._transport, self._received))
        self._transport.close()


class PollingFront(asyncio.Protocol):
    """Hands each connection, and then all that arrives on it, to a server's loop."""

    def __init__(self, listening: ListeningSocket, turn: Callable[[], None]) -> None:
        """`turn` is called whenever the listening socket or a connection can be read."""
        self._listening, self._turn = listening, turn

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, MemoryTransport)
        self._socket = PolledSocket(transport)
        self._listening.push(self._socket)
        self._turn()

    def data_received(self, data: bytes) -> None:
        self._feed(data)

    def eof_received(self) -> bool:
        """The client sends no more, and may still receive: the server closes."""
        self._feed(b"")
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone, or the server has closed."""
        self._feed(b"")

    def _feed(self, data: bytes) -> None:
        self._socket.feed(data)
        self._turn()
