"""One end of a connection in memory: an asyncio transport whose peer is another such transport.

What one end writes waits in the other's inbox until a later turn of the loop delivers it, as with
TCP; an inbox above the writer's high-water mark pauses the writer.

The client's end can be *immediate*: it receives inside the server's `write()`. That is how the page
sees each chunk when it is sent, even while a blocking application holds the only thread.
"""

import asyncio
import errno
import socket
from collections import deque
from collections.abc import Callable
from typing import Any

Address = tuple[str, int]

HIGH_WATER = 64 * 1024  # bytes; asyncio's own default (asyncio.transports._FlowControlMixin)


class MemorySocket:
    """What a server may ask of a transport's "socket": names and options, no bytes."""

    family = socket.AF_INET
    type = socket.SOCK_STREAM
    proto = socket.IPPROTO_TCP

    def __init__(self, local: Address, remote: Address | None = None) -> None:
        self._local, self._remote = local, remote

    def getsockname(self) -> Address:
        """The local address."""
        return self._local

    def getpeername(self) -> Address:
        """The peer's address; OSError (ENOTCONN) on a listening socket."""
        if self._remote is None:
            raise OSError(errno.ENOTCONN, "Socket is not connected")
        return self._remote

    def setsockopt(self, *_: object) -> None:
        """Accept any option: there is no network to tune."""

    def getsockopt(self, *_: object) -> int:
        """Every option reads 0."""
        return 0

    def fileno(self) -> int:
        """No descriptor: -1, as of a closed socket."""
        return -1


class MemoryTransport(asyncio.Transport):
    """One end of a connection in memory, by the rules of asyncio's "Transports and Protocols"."""

    peer: "MemoryTransport"

    def __init__(self, loop: asyncio.AbstractEventLoop, local: Address, remote: Address) -> None:
        self.socket = MemorySocket(local, remote)
        super().__init__({"sockname": local, "peername": remote, "socket": self.socket})
        self._loop = loop
        self._protocol: Any = None
        self._on_lost: Callable[[], None] | None = None
        self._inbox: deque[bytes | None] = deque()  # None: the peer's end of file
        self._inbox_size = 0
        self._high, self._low = HIGH_WATER, HIGH_WATER // 4
        self._immediate = self._delivering = self._scheduled = False
        self._reading_paused = self._writing_paused = False
        self._wrote_eof = self._closing = self._lost = False
        self.reset_by_peer = False

    def attach(
        self,
        protocol: asyncio.BaseProtocol,
        *,
        immediate: bool = False,
        on_lost: Callable[[], None] | None = None,
    ) -> None:
        """Set what receives; `on_lost` is called after the protocol's `connection_lost`."""
        self._protocol, self._immediate, self._on_lost = protocol, immediate, on_lost

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Hand the connection to another protocol (a server does so on an upgrade)."""
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        """The protocol that receives what the peer writes."""
        protocol: asyncio.BaseProtocol = self._protocol
        return protocol

    # Writing

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send bytes to the peer; nothing is sent once this end is closing."""
        if not isinstance(data, bytes | bytearray | memoryview):
            raise TypeError(
                f"data argument must be a bytes-like object, not {type(data).__name__!r}"
            )
        if self._wrote_eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if data and not self._closing:
            self.peer._receive(bytes(data))

    def write_eof(self) -> None:
        """Half-close: the peer sees the end of file, this end still receives."""
        if not (self._wrote_eof or self._closing):
            self._wrote_eof = True
            self.peer._receive(None)

    def can_write_eof(self) -> bool:
        """True: a connection in memory can be half-closed."""
        return True

    def get_write_buffer_size(self) -> int:
        """Bytes written that the peer's protocol has not received yet."""
        return self.peer._inbox_size

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """The low and the high water mark, in bytes."""
        return self._low, self._high

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set the water marks, with asyncio's rules for those left out."""
        if high is None:
            high = HIGH_WATER if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._high, self._low = high, low
        self._control_writer()

    def _control_writer(self) -> None:
        """Pause or resume this end's protocol, by how much the peer has still to receive."""
        size = self.peer._inbox_size
        if size > self._high and not self._writing_paused:
            self._writing_paused = True
            self._protocol.pause_writing()
        elif size <= self._low and self._writing_paused:
            self._writing_paused = False
            if not self._lost:
                self._protocol.resume_writing()

    # Reading

    def is_reading(self) -> bool:
        """Whether the protocol is given what arrives."""
        return not (self._reading_paused or self._closing)

    def pause_reading(self) -> None:
        """Keep what arrives in the inbox."""
        self._reading_paused = True

    def resume_reading(self) -> None:
        """Deliver again, in a later turn of the loop."""
        self._reading_paused = False
        self._schedule_delivery()

    def read_now(self) -> bytes | None:
        """Take the next bytes without a turn of the loop, for a server that blocks in `recv()`.

        Returns:
            The bytes; `b""` at the peer's end of file; None where nothing has arrived.
        """
        if not self._inbox:
            return None
        item = self._inbox[0]
        if item is None:
            return b""
        self._inbox.popleft()
        self._inbox_size -= len(item)
        self.peer._control_writer()
        return item

    def _receive(self, item: bytes | None) -> None:
        if self._closing:
            if item is not None:  # writing to a closed end is answered by a reset, as TCP does
                self.peer._reset()
            return
        self._inbox.append(item)
        self._inbox_size += len(item or b"")
        if self._immediate:
            self._deliver()
        else:
            self.peer._control_writer()
            self._schedule_delivery()

    def _schedule_delivery(self) -> None:
        if self._inbox and not (self._scheduled or self._reading_paused):
            self._scheduled = True
            self._loop.call_soon(self._deliver)

    def _deliver(self) -> None:
        self._scheduled = False
        if self._delivering:  # an immediate end whose protocol's answer came back at once
            return
        self._delivering = True
        delivered = False
        try:
            while self._inbox and self.is_reading():
                if delivered and self._inbox[0] is None and not self._immediate:
                    # A socket is read once a turn: what the data started runs before the end.
                    self._schedule_delivery()
                    return
                item = self._inbox.popleft()
                if item is None:
                    if not self._protocol.eof_received():
                        self.close()
                    continue
                self._inbox_size -= len(item)
                self._protocol.data_received(item)
                delivered = True
                self.peer._control_writer()
        except Exception as error:
            self._loop.call_exception_handler(
                {
                    "message": "Fatal error: protocol.data_received() call failed.",
                    "exception": error,
                    "transport": self,
                }
            )
            self.abort()
        finally:
            self._delivering = False

    # Ending

    def is_closing(self) -> bool:
        """Whether this end is closed, or about to be."""
        return self._closing

    def close(self) -> None:
        """Stop receiving, and end the connection after what was written."""
        if not self._closing:
            self.write_eof()
            self._end(None)

    def abort(self) -> None:
        """End the connection at once; the peer's connection is reset."""
        if not self._closing:
            self._end(None)
            self.peer._reset()

    def _reset(self) -> None:
        if not self._closing:
            self.reset_by_peer = True
            self._end(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))

    def _end(self, error: Exception | None) -> None:
        self._closing = True
        unread, self._inbox_size = self._inbox_size, 0
        self._inbox.clear()
        if unread and self.peer._writing_paused:  # it would wait for ever for room
            self.peer._reset()
        self._loop.call_soon(self._lose, error)

    def _lose(self, error: Exception | None) -> None:
        self._lost = True
        self._protocol.connection_lost(error)
        if self._on_lost is not None:
            self._on_lost()
