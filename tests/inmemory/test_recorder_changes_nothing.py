"""What is recorded is not changed: what servers and applications can see is as without a recorder.

That whole servers answer and log alike is shown elsewhere: both drivers in memory record, and
tests/inmemory/test_wire.py and tests/examples/test_three_drivers.py compare them with TCP.
"""

import asyncio
import io
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.util import FileWrapper

import pytest

from runnable.inmemory.recording.asgi_taps import recorded_asgi
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.recording.tracebacks import hide_recorder
from runnable.inmemory.recording.wsgi_taps import recorded_wsgi


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    loop = asyncio.new_event_loop()
    yield Recorder(loop)
    loop.close()


def kinds(recorder: Recorder) -> list[str]:
    return [noted[0] for noted in recorder._ring]


class Closing:
    """An iterable that notes whether it was closed."""

    def __init__(self, items: list[bytes]) -> None:
        self.items, self.closed = items, 0

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.items)

    def close(self) -> str:
        self.closed += 1
        return "what close() gave"


def call(app: Any, environ: dict[str, Any], recorder: Recorder) -> Any:
    return recorded_wsgi(app, recorder)(environ, lambda *_: None)


@pytest.mark.parametrize("result", [[b"a", b"b"], (b"a",), {b"a"}, [], "text", b"bytes"])
def test_what_has_a_length_keeps_it(recorder: Recorder, result: Any) -> None:
    given = call(lambda *_: result, {}, recorder)
    assert len(given) == len(result)
    assert list(given) == list(result)
    assert not hasattr(given, "close")


def test_what_has_no_length_gets_none(recorder: Recorder) -> None:
    given = call(lambda *_: (item for item in (b"a", b"b")), {}, recorder)
    with pytest.raises(TypeError):
        len(given)
    assert [*given] == [b"a", b"b"]
    assert given.close() is None  # a generator has one
    assert kinds(recorder) == [
        "wsgi.call",
        "wsgi.return",
        *["wsgi.item"] * 2,
        "wsgi.end",
        "wsgi.close",
    ]


def test_close_is_called_as_often_as_the_server_calls_it(recorder: Recorder) -> None:
    closing = Closing([b"a"])
    given = call(lambda *_: closing, {}, recorder)
    assert closing.closed == 0
    assert given.close() == "what close() gave"
    assert closing.closed == 1


def test_a_file_stays_the_servers_own(recorder: Recorder) -> None:
    file = FileWrapper(io.BytesIO(b"content"))
    assert call(lambda *_: file, {"wsgi.file_wrapper": FileWrapper}, recorder) is file


@pytest.mark.parametrize("result", [None, 42])
def test_what_cannot_be_iterated_stays_what_it_is(recorder: Recorder, result: object) -> None:
    assert call(lambda *_: result, {}, recorder) is result


def test_environ_and_start_response_are_the_servers(recorder: Recorder) -> None:
    environ: dict[str, Any] = {"wsgi.input": io.BytesIO()}
    seen: list[Any] = []
    written: list[bytes] = []

    def start_response(*args: Any, **named: Any) -> Callable[[bytes], None]:
        seen.append((args, named))
        return written.append

    def app(given: dict[str, Any], start: Any) -> list[bytes]:
        assert given is environ
        start("200 OK", headers, exc_info=None)(b"written")
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'headers'"):
            start_with_two(given, start)
        return []

    def start_with_two(given: dict[str, Any], start: Any) -> None:
        def strict(status: str, headers: list[Any]) -> None: ...

        recorded_wsgi(lambda _, start: start("200 OK"), recorder)(given, strict)

    headers = [("A", "b")]
    recorded_wsgi(app, recorder)(environ, start_response)
    assert seen == [(("200 OK", headers), {"exc_info": None})]
    assert seen[0][0][1] is headers
    assert written == [b"written"]


def test_wsgi_exceptions_pass(recorder: Recorder) -> None:
    error = SystemExit(3)

    def items() -> Iterator[bytes]:
        yield b"a"
        raise error

    def fail(*_: object) -> None:
        raise error

    with pytest.raises(SystemExit) as raised:
        call(fail, {}, recorder)
    assert raised.value is error
    with pytest.raises(SystemExit) as raised:
        list(call(lambda *_: items(), {}, recorder))
    assert raised.value is error
    assert error.__context__ is None


def test_asgi_passes_all_on() -> None:
    async def main() -> None:
        recorder = Recorder(asyncio.get_running_loop())
        scope, first = {"type": "http"}, {"type": "http.request"}
        sent: list[Any] = []

        async def receive() -> Any:
            return first

        async def send(event: Any) -> Any:
            sent.append(event)
            return "what send gave"

        async def app(given: Any, receive: Any, send: Any) -> str:
            assert given is scope
            assert await receive() is first
            assert await send(first) == "what send gave"
            return "what the application gave"

        assert (
            await recorded_asgi(app, recorder)(scope, receive, send) == "what the application gave"
        )
        assert sent[0] is first
        assert kinds(recorder) == ["asgi.call", "asgi.receive", "asgi.send", "asgi.return"]

    asyncio.run(main())


def test_cancellation_and_exceptions_pass() -> None:
    async def main() -> None:
        recorder = Recorder(asyncio.get_running_loop())

        async def wait() -> Any:
            await asyncio.Event().wait()

        async def app(scope: Any, receive: Any, send: Any) -> None:
            with pytest.raises(asyncio.CancelledError) as cancelled:
                await receive()
            assert cancelled.value.args == ("enough",)
            raise cancelled.value

        task = asyncio.ensure_future(recorded_asgi(app, recorder)({}, wait, wait))
        await asyncio.sleep(0)
        task.cancel("enough")
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()
        assert kinds(recorder) == ["asgi.call", "asgi.error"]

    asyncio.run(main())


def test_a_generator_that_is_dropped_is_closed() -> None:
    async def main() -> None:
        closed = []

        async def app(scope: Any, receive: Any, send: Any) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                closed.append(True)

        running = recorded_asgi(app, Recorder(asyncio.get_running_loop()))({}, None, None)
        running.send(None)
        running.close()
        assert closed

    asyncio.run(main())


def test_tracebacks_do_not_show_the_recorder(recorder: Recorder) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("of the application")

    with hide_recorder():
        with pytest.raises(RuntimeError) as raised:
            call(fail, {}, recorder)
        text = "".join(traceback.format_exception(raised.value))
    assert "in fail" in text
    assert "in call" in text
    assert "recording" not in text
    assert "recording" in "".join(traceback.format_exception(raised.value))
