"""One direction of a connection: what one end has written and the other has not read yet.

The strategy: a pipe knows nothing of protocols, transports or event loops. It keeps the pieces in
the order and in the sizes in which they were written, and the end of file behind them. What an end
has to learn at once, the pipe reports by calling a function that this end has set. The reader
learns that there is something to read. The writer learns that the buffer has passed a water mark,
that nobody will read, or that the reader waits.

A connection is two pipes (transport.py). All bytes of a direction pass through `Pipe.write`.
"""

from collections import deque
from collections.abc import Callable

HIGH_WATER = 64 * 1024  # bytes; asyncio's own default (asyncio.transports._FlowControlMixin)


def nothing() -> None:
    """Do nothing: what a pipe calls where an end has set no function."""


def ignore(data: bytes) -> None:
    """Do nothing with what was written: nobody records it."""


class Pipe:
    """Bytes from a writer to a reader, in order, and then the end of file."""

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self._ended = False  # the writer sends no more
        self._closed = False  # the reader reads no more
        self._full = False  # the writer has been paused
        self.size = 0  # bytes that wait to be read
        self.low, self.high = HIGH_WATER // 4, HIGH_WATER
        # Who records the connection sets this one; it gets `b""` for the end of file.
        self.on_written: Callable[[bytes], None] = ignore
        # The reader sets this one, and it may read while it is called.
        self.on_readable: Callable[[], None] = nothing
        # The writer sets these.
        self.on_full: Callable[[], None] = nothing
        self.on_drained: Callable[[], None] = nothing
        self.on_broken: Callable[[], None] = nothing
        self.on_reader_waits: Callable[[], None] = nothing

    # The writer's end

    def write(self, data: bytes) -> None:
        """Add bytes. Where the reader has closed, that breaks the pipe, as TCP's reset does."""
        if self._closed:
            self._break()
            return
        self.on_written(data)
        self._pieces.append(data)
        self.size += len(data)
        self.on_readable()
        self._compare_with_marks()

    def write_eof(self) -> None:
        """Add the end of file. The reader finds it behind all that was written."""
        if not (self._ended or self._closed):
            self._ended = True
            self.on_written(b"")
            self.on_readable()

    def set_marks(self, high: int | None, low: int | None) -> None:
        """Set the water marks, in bytes, with asyncio's rules for one that is left out.

        Raises:
            ValueError: where they are negative or the wrong way round.
        """
        if high is None:
            high = HIGH_WATER if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self.low, self.high = low, high
        self._compare_with_marks()

    def _compare_with_marks(self) -> None:
        if self.size > self.high and not self._full:
            self._full = True
            self.on_full()
        elif self.size <= self.low and self._full:
            self._full = False
            self.on_drained()

    # The reader's end

    @property
    def readable(self) -> bool:
        """Whether `read` has something to give: bytes, or the end of file."""
        return bool(self._pieces) or self._ended

    def read(self) -> bytes | None:
        """Take the next piece.

        Returns:
            The bytes, as they were written; `b""` at the end of file; None where there is nothing.
        """
        if not self._pieces:
            return b"" if self._ended else None
        piece = self._pieces.popleft()
        self.size -= len(piece)
        self._compare_with_marks()
        return piece

    def wait(self) -> None:
        """Call `on_reader_waits`, in which the writer may write."""
        self.on_reader_waits()

    def close(self) -> None:
        """Read no more. What has not been read is lost.

        A paused writer would wait for ever for room: for it the pipe breaks now, for any other with
        its next write.
        """
        self._closed = True
        self._pieces.clear()
        self.size = 0
        if self._full:
            self._break()

    def reset(self) -> None:
        """Read no more, and break the pipe now."""
        self.close()
        self._break()

    def _break(self) -> None:
        """Call `on_broken`, once: what the writer sends will not be read."""
        on_broken, self.on_broken = self.on_broken, nothing
        on_broken()
