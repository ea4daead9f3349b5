"""One end of a connection in memory: an asyncio transport made of two pipes.

The strategy: an end writes into its outgoing pipe and reads from its incoming one, and knows
nothing of its peer. What has arrived is given to the protocol in a later turn of the loop, as with
TCP. Nothing is lost on the way and nothing takes time, so the peer's inbox is the only buffer: what
fills it pauses the writer.

The client's end can be *immediate*: it receives inside the server's `write()`. That is how the page
sees each piece when it is sent, even while a blocking application holds the only thread.

The rules are those of asyncio's "Transports and Protocols". CPython's own tests judge them
(tests/inmemory/test_cpython.py), and so does TCP (tests/inmemory/test_network.py).
"""

import asyncio
import errno
from asyncio.protocols import _feed_data_to_buffered_proto  # type: ignore[attr-defined]
from collections.abc import Callable, Mapping
from contextvars import Context
from typing import Any

from runnable.inmemory.network.pipe import Pipe


class MemoryTransport(asyncio.Transport):
    """One end of a connection: its protocol receives what comes through the incoming pipe."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        protocol: asyncio.BaseProtocol,
        *,
        incoming: Pipe,
        outgoing: Pipe,
        extra: Mapping[str, Any],
        immediate: bool = False,
        on_lost: Callable[["MemoryTransport"], None] | None = None,
        context: Context | None = None,
    ) -> None:
        """Take an end of two pipes.

        Args:
            loop: Where the protocol is called.
            protocol: What receives; its `connection_made` is the caller's to call.
            incoming: What the peer writes.
            outgoing: What the peer reads.
            extra: What `get_extra_info` gives.
            immediate: Whether the protocol receives inside the peer's `write()`.
            on_lost: Called after the protocol's `connection_lost`.
            context: In which the loop calls the protocol; by default the one of who has written.
        """
        super().__init__(dict(extra))
        self._loop, self._protocol, self._on_lost = loop, protocol, on_lost
        self._context = context
        self._incoming, self._outgoing = incoming, outgoing
        self._immediate = immediate
        self._scheduled = self._delivering = False
        self._paused = self._received_eof = False
        self._wrote_eof = self._closing = self._lost = False
        self.reset_by_peer = False
        incoming.on_readable = self._deliver if immediate else self._schedule_delivery
        outgoing.on_full = self._pause_writing
        outgoing.on_drained = self._resume_writing
        outgoing.on_broken = self._reset

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._protocol

    # Writing

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not isinstance(data, bytes | bytearray | memoryview):
            raise TypeError(
                f"data argument must be a bytes-like object, not {type(data).__name__!r}"
            )
        if self._wrote_eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if data and not self._closing:
            self._outgoing.write(bytes(data))

    def write_eof(self) -> None:
        if not (self._wrote_eof or self._closing):
            self._wrote_eof = True
            self._outgoing.write_eof()

    def can_write_eof(self) -> bool:
        return True

    def get_write_buffer_size(self) -> int:
        return self._outgoing.size

    def get_write_buffer_limits(self) -> tuple[int, int]:
        return self._outgoing.low, self._outgoing.high

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._outgoing.set_marks(high, low)

    def call_when_peer_waits(self, callback: Callable[[], None]) -> None:
        """Have a function called when the peer blocks in `recv()` and nothing has arrived.

        asyncio has no such call: on TCP a client cannot know. Here the peer holds the only thread,
        so no timer of the client's can run out while it waits.
        """
        self._outgoing.on_reader_waits = callback

    def _pause_writing(self) -> None:
        self._protocol.pause_writing()

    def _resume_writing(self) -> None:
        if not self._lost:
            self._protocol.resume_writing()

    # Reading

    def is_reading(self) -> bool:
        return not (self._paused or self._closing)

    def pause_reading(self) -> None:
        self._paused = True

    def resume_reading(self) -> None:
        self._paused = False
        self._schedule_delivery()

    def read_blocking(self) -> bytes | None:
        """Take what has arrived without a turn of the loop, for a server that blocks in `recv()`.

        Returns:
            The bytes; `b""` at the peer's end of file; None where nothing has come, although the
            peer has been called (`call_when_peer_waits`).
        """
        if not self._incoming.readable:
            self._incoming.wait()
        return self._incoming.read()

    def _schedule_delivery(self) -> None:
        if self._incoming.readable and self.is_reading() and not self._scheduled:
            self._scheduled = True
            self._loop.call_soon(self._deliver, context=self._context)

    def _deliver(self) -> None:
        self._scheduled = False
        if self._delivering:  # an immediate end whose protocol's answer came back at once
            return
        self._delivering = True
        try:
            self._deliver_pieces()
        except Exception as error:
            self._loop.call_exception_handler(
                {
                    "message": "Fatal error: the protocol failed to receive.",
                    "exception": error,
                    "transport": self,
                    "protocol": self._protocol,
                }
            )
            self.abort()
        finally:
            self._delivering = False

    def _deliver_pieces(self) -> None:
        delivered = False
        while self.is_reading() and not self._received_eof:
            piece = self._incoming.read()
            if piece is None:
                return
            if piece:
                if isinstance(self._protocol, asyncio.BufferedProtocol):
                    _feed_data_to_buffered_proto(self._protocol, piece)
                else:
                    self._protocol.data_received(piece)  # type: ignore[attr-defined]
                delivered = True
            elif delivered and not self._immediate:
                # A socket is read once a turn: what the bytes have started runs before the end.
                self._schedule_delivery()
                return
            else:
                self._received_eof = True
                if not self._protocol.eof_received():  # type: ignore[attr-defined]
                    self.close()

    # Ending

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._outgoing.write_eof()  # a later write() is lost, and no error
            self._end(None)

    def abort(self) -> None:
        """End the connection at once; the peer's connection is reset."""
        if not self._closing:
            self._end(None)
            self._incoming.reset()

    def _reset(self) -> None:
        if not self._closing:
            self.reset_by_peer = True
            self._end(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))

    def _end(self, error: Exception | None) -> None:
        self._closing = True
        self._incoming.close()
        self._loop.call_soon(self._lose, error, context=self._context)

    def _lose(self, error: Exception | None) -> None:
        self._lost = True
        self._protocol.connection_lost(error)
        if self._on_lost is not None:
            self._on_lost(self)
