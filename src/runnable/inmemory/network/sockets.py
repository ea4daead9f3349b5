"""Blocking servers on the in-memory network: sockets that never wait, behind a buffering front.

A WSGI server of the one-request-at-a-time kind reads from a blocking socket. Here nothing may wait:
the client shares the only thread. So a front collects each request until it has wholly arrived, as
a buffering reverse proxy does, and only then lets the server accept the connection. The server
reads the very bytes that the client sent, and what it writes leaves at once.
"""

import asyncio
import errno
import socket
from collections import deque
from collections.abc import Callable
from typing import Any

import h11

from runnable.inmemory.network.transport import Address, MemorySocket, MemoryTransport
from runnable.inmemory.threads import outside_loop


class WouldWaitForeverError(TimeoutError):
    """A server waits for bytes that can no longer arrive."""


class BlockingSocket(MemorySocket):
    """A connected socket of a server: reads what has arrived, writes at once."""

    makefile: Any = socket.socket.makefile
    sendfile: Any = socket.socket._sendfile_use_send  # type: ignore[attr-defined]  # by read() and send()
    _check_sendfile_params: Any = socket.socket._check_sendfile_params  # type: ignore[attr-defined]
    timeout: float | None = None

    def __init__(self, transport: MemoryTransport, received: bytes) -> None:
        super().__init__(transport.get_extra_info("sockname"), transport.get_extra_info("peername"))
        self._transport = transport
        self._received = received
        self._io_refs = 0  # open files made by makefile(), as socket.socket counts them
        self._closed = False

    def recv(self, size: int, flags: int = 0) -> bytes:
        """The next bytes; `b""` at the end of file.

        Raises:
            WouldWaitForeverError: where a real socket would wait, and nothing can come.
        """
        if not self._received:
            self._received = self._next_bytes()
        data, self._received = self._received[:size], self._received[size:]
        return data

    def _next_bytes(self) -> bytes:
        data = self._transport.read_now()
        if data is None:
            # A client that holds its body back until "100 Continue" gives up waiting: RFC 9110,
            # section 10.1.1.
            client = self._transport.peer.get_protocol()
            getattr(client, "server_waits", lambda: None)()
            data = self._transport.read_now()
        if data is None:
            raise WouldWaitForeverError(
                "the server waits for bytes that the client has not sent: "
                "on a real socket this request would hang"
            )
        return data

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0) -> int:
        """`recv` into a buffer; returns how many bytes."""
        data = self.recv(size or len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def send(self, data: bytes, flags: int = 0) -> int:
        """Send all of it, at once.

        Raises:
            ConnectionResetError: where the client has gone.
            BrokenPipeError: where this end was closed for writing.
        """
        if self._transport.reset_by_peer:
            raise ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
        if self._transport.is_closing():
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")
        self._transport.write(data)
        return len(data)

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """`send`, which never sends less."""
        self.send(data)

    def settimeout(self, timeout: float | None) -> None:
        """Remember it; nothing here takes time."""
        self.timeout = timeout

    def gettimeout(self) -> float | None:
        """What was set."""
        return self.timeout

    def setblocking(self, blocking: bool) -> None:
        """Nothing here blocks."""

    def shutdown(self, how: int) -> None:
        """Half-close for writing."""
        if how != socket.SHUT_RD:
            self._transport.write_eof()

    def _decref_socketios(self) -> None:  # called by socket.SocketIO.close
        self._io_refs -= 1
        if self._closed:
            self.close()

    def close(self) -> None:
        """Close the connection, once the files made of it are closed too."""
        self._closed = True
        if self._io_refs <= 0:
            self._transport.close()


class ListeningSocket(MemorySocket):
    """A server's listening socket: `accept()` gives the connections that the front lets through."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0))
        self._ready: deque[BlockingSocket] = deque()

    def bind(self, address: Address) -> None:
        """Take the address; the front listens on it."""
        self._local = address

    def listen(self, backlog: int = 0) -> None:
        """The front listens."""

    def setblocking(self, blocking: bool) -> None:
        """Nothing here blocks."""

    def close(self) -> None:
        """The front closes."""

    def push(self, connection: BlockingSocket) -> None:
        """Let a connection through."""
        self._ready.append(connection)

    @property
    def readable(self) -> bool:
        """Whether `accept` has a connection to give."""
        return bool(self._ready)

    def accept(self) -> tuple[BlockingSocket, Address]:
        """The next connection that was let through, and its client's address."""
        connection = self._ready.popleft()
        return connection, connection.getpeername()


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
        """A client has connected."""
        assert isinstance(transport, MemoryTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Collect, and serve when complete."""
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
