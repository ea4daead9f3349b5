"""Sockets on the in-memory network: for servers that ask a transport for one, block, or poll.

Nothing here may wait, for the client shares the only thread. So no socket asks the network for
bytes that are still to come. Four kinds:

- `MemorySocket` has the names and options of a connection, and no bytes. It is what an asyncio
  transport gives as its "socket".
- `ListeningSocket` gives the connections that a front (fronts.py) has let through.
- `BlockingSocket` reads what has arrived. Where a real socket would block, the client is asked for
  the rest, and after that it is an error.
- `PolledSocket` reads what a front has fed it, and otherwise says so, as any non-blocking socket.

What is written leaves at once. The methods are those of `socket.socket`.
"""

import errno
import itertools
import socket
from collections import deque
from typing import Any

from runnable.inmemory.network.transport import MemoryTransport

Address = tuple[str, int]

BUFFER_SIZE = 1024 * 1024  # bytes of a socket's buffers, until another size is set
DESCRIPTORS = itertools.count(1_000_000)  # numbers that no file has


class WouldWaitForeverError(TimeoutError):
    """A server waits for bytes that can no longer arrive."""


class MemorySocket:
    """The names and options of a socket; there are no bytes to be had from it."""

    family = socket.AF_INET
    type = socket.SOCK_STREAM
    proto = socket.IPPROTO_TCP

    def __init__(self, local: Address, remote: Address | None = None) -> None:
        self._local, self._remote = local, remote
        self._options = {
            (socket.SOL_SOCKET, socket.SO_RCVBUF): BUFFER_SIZE,
            (socket.SOL_SOCKET, socket.SO_SNDBUF): BUFFER_SIZE,
        }

    def getsockname(self) -> Address:
        return self._local

    def getpeername(self) -> Address:
        if self._remote is None:
            raise OSError(errno.ENOTCONN, "Socket is not connected")
        return self._remote

    def setsockopt(self, level: int, option: int, value: Any, *_: object) -> None:
        """Remember an option; there is nothing that it could change."""
        self._options[level, option] = value

    def getsockopt(self, level: int, option: int, *_: object) -> Any:
        """The option as it was set, and otherwise 0."""
        return self._options.get((level, option), 0)

    def fileno(self) -> int:
        """No descriptor: -1, as of a closed socket."""
        return -1

    def setblocking(self, blocking: bool) -> None:
        """Accept either: which it is depends on the class."""

    def listen(self, backlog: int = 0) -> None:
        """Accept it: the network listens."""

    def close(self) -> None:
        """Accept it: there is no descriptor to give back."""


class ConnectedSocket(MemorySocket):
    """The writing side of a server's connection, and what its two kinds of reading share."""

    def __init__(self, transport: MemoryTransport, received: bytes = b"") -> None:
        super().__init__(transport.get_extra_info("sockname"), transport.get_extra_info("peername"))
        self._transport = transport
        self._received = received

    def recv(self, size: int, flags: int = 0) -> bytes:
        """The next bytes; `b""` at the end of file."""
        if not self._received:
            self._received = self._receive()
        data, self._received = self._received[:size], self._received[size:]
        return data

    def _receive(self) -> bytes:
        """What to do where all that was received has been read."""
        raise NotImplementedError

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
        self.send(data)

    def shutdown(self, how: int) -> None:
        """Half-close for writing; a side that only reads has nothing to shut down."""
        if how != socket.SHUT_RD:
            self._transport.write_eof()

    def close(self) -> None:
        self._transport.close()


class BlockingSocket(ConnectedSocket):
    """A connection of a server that blocks in `recv()` until bytes come."""

    makefile: Any = socket.socket.makefile
    # sendfile() by read() and send(): there is no descriptor to hand to the system.
    sendfile: Any = socket.socket._sendfile_use_send  # type: ignore[attr-defined]
    _check_sendfile_params: Any = socket.socket._check_sendfile_params  # type: ignore[attr-defined]
    timeout: float | None = None

    def __init__(self, transport: MemoryTransport, received: bytes) -> None:
        super().__init__(transport, received)
        self._io_refs = 0  # open files made by makefile(), as socket.socket counts them
        self._closed = False

    def _receive(self) -> bytes:
        """The next bytes; `b""` at the end of file.

        Raises:
            WouldWaitForeverError: where a real socket would wait, and nothing can come.
        """
        data = self._transport.read_blocking()
        if data is None:
            raise WouldWaitForeverError(
                "the server waits for bytes that the client has not sent: "
                "on a real socket this request would hang"
            )
        return data

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0) -> int:
        data = self.recv(size or len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def settimeout(self, timeout: float | None) -> None:
        """Remember it; nothing here takes time."""
        self.timeout = timeout

    def gettimeout(self) -> float | None:
        return self.timeout

    def _decref_socketios(self) -> None:  # called by socket.SocketIO.close
        self._io_refs -= 1
        if self._closed:
            self.close()

    def close(self) -> None:
        """Close the connection, once the files made of it are closed too."""
        self._closed = True
        if self._io_refs <= 0:
            super().close()


class PolledSocket(ConnectedSocket):
    """A connection of a server with a poll loop: it knows its sockets by their descriptors."""

    def __init__(self, transport: MemoryTransport) -> None:
        super().__init__(transport)
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

    def _receive(self) -> bytes:
        if self._ended:
            return b""
        raise BlockingIOError(errno.EWOULDBLOCK, "nothing has arrived")

    def fileno(self) -> int:
        return self._descriptor


class ListeningSocket(MemorySocket):
    """A server's listening socket: `accept()` gives the connections that a front lets through."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0))
        self._ready: deque[ConnectedSocket] = deque()

    def bind(self, address: Address) -> None:
        """Take the address; the front listens on it."""
        self._local = address

    def push(self, connection: ConnectedSocket) -> None:
        """Let a connection through."""
        self._ready.append(connection)

    @property
    def readable(self) -> bool:
        """Whether `accept` has a connection to give."""
        return bool(self._ready)

    def accept(self) -> tuple[ConnectedSocket, Address]:
        connection = self._ready.popleft()
        return connection, connection.getpeername()
