"""Notes what a connection carries: its beginning, the bytes both ways, its end.

All bytes of a direction pass through `Pipe.write`; there each piece is noted before it is read.
"""

from collections.abc import Callable

from runnable.inmemory.network.pipe import Pipe
from runnable.inmemory.recording.recorder import Recorder, Where
from runnable.inmemory.recording.values import freeze


def record_connection(
    recorder: Recorder, to_server: Pipe, to_client: Pipe, port: int, client: int | None
) -> tuple[Where, Callable[[bool], None]]:
    """Record a connection that begins.

    Args:
        recorder: Where to.
        to_server: What the client writes.
        to_client: What the server writes.
        port: The client's.
        client: The page's name for the request or WebSocket that it belongs to.

    Returns:
        The connection's place, and what is to be called at its end: with whether it was reset.
    """
    where = Where(recorder.new_connection())
    recorder.note("connection.made", where, freeze([port, client]))

    def noting(kind: str) -> Callable[[bytes], None]:
        return lambda data: recorder.note(kind, where, freeze(data))

    to_server.on_written, to_client.on_written = noting("wire.received"), noting("wire.sent")
    return where, lambda reset: recorder.note("connection.lost", where, freeze(reset))
