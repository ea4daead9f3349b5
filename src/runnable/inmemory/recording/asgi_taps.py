"""Stands around an ASGI application, and notes its calls and events, seen from the server.

`scope` is the server's own, events are those that were sent, exceptions (cancellation, too) pass.
`send` is noted before it is done: what the server writes to the wire because of it comes after it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from runnable.inmemory.recording.recorder import LONG, WHERE, Recorder, Where
from runnable.inmemory.recording.values import error_value, freeze

NOTHING = freeze(None)


def recorded_asgi(app: Callable[..., Awaitable[Any]], recorder: Recorder) -> Any:
    """The application, recorded. To be put in place once the server knows what it serves."""

    async def application(scope: Any, receive: Any, send: Any) -> Any:
        where = recorder.new_request()
        token = WHERE.set(where)
        recorder.note("asgi.call", where, freeze(scope))
        began = recorder.clock()
        try:
            result = await app(
                scope,
                recorded_receive(receive, recorder, where),
                recorded_send(send, recorder, where),
            )
        except BaseException as error:
            recorder.note("asgi.error", where, error_value(error), since=began)
            raise
        finally:
            if WHERE.get() is where:  # a coroutine that is closed unfinished is elsewhere
                WHERE.reset(token)
        recorder.note("asgi.return", where, NOTHING, since=began)
        return result

    return application


def recorded_receive(receive: Any, recorder: Recorder, where: Where) -> Any:
    """`receive`, with each event and how long the application waited for it."""

    async def recorded(*args: Any) -> Any:
        began = recorder.clock()
        event = await receive(*args)
        recorder.note("asgi.receive", where, freeze(event), since=began)
        return event

    return recorded


def recorded_send(send: Any, recorder: Recorder, where: Where) -> Any:
    """`send`, with each event."""

    async def recorded(*args: Any, **named: Any) -> Any:
        event = next(iter([*args, *named.values()]), None)
        recorder.note("asgi.send", where, freeze(event))
        began = recorder.clock()
        result = await send(*args, **named)
        if recorder.clock() - began >= LONG:  # the server has let the application wait
            recorder.note("asgi.sent", where, NOTHING, since=began)
        return result

    return recorded
