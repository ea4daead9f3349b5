"""What servers do with a connection: streaming, bodies, keep-alive, SIGTERM, a blocked call."""

import os
import time
from contextlib import suppress

from helpers.capabilities.expectations import Record, Value
from helpers.capabilities.measuring import Answer, Connection, Keeper, ask, summary, wait_for_line

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

PAUSE = 0.6  # seconds between the halves of a body
HALF = b"x" * 65536


def test_streaming_response(running: RunningServer, record: Record) -> None:
    answer = ask(running, "/stream")
    assert answer.body == b"0\n1\n2\n3\n", answer
    streams = answer.spread > 0.3
    arrived = "one after the other" if streams else "together"
    record("yes" if streams else "no", f"4 blocks, given 0.2 s apart, arrived {arrived}")


def test_streaming_request_body(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        length = f"Content-Length: {2 * len(HALF)}"
        connection.request("/read", length, method="POST", body=HALF)
        time.sleep(PAUSE)
        connection.send(HALF)
        answer = connection.answer()
    assert answer.status == 200, answer
    streams = float(answer.body) > PAUSE / 2
    read = "one after the other" if streams else "together"
    record("yes" if streams else "no", f"two halves, sent {PAUSE} s apart, were read {read}")


def test_chunked_request(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        chunks = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        connection.request("/echo", "Transfer-Encoding: chunked", method="POST", body=chunks)
        answer = connection.answer(5)
    if answer.status == 200:
        record(
            "yes" if answer.body == b"b'abcde'" else "no",
            f"the application read {answer.body.decode()}",
        )
    else:
        record("no", summary(answer))


def test_expect_continue(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        headers = ("Content-Length: 5", "Expect: 100-continue")
        connection.request("/echo", *headers, method="POST")
        first = connection.answer(3, interim=True)
        connection.send(b"abcde")
        answer = connection.answer()
    assert answer.body == b"b'abcde'", answer
    record(
        "yes" if first.interim == [100] else "no",
        f"{'status 100' if first.interim else summary(first)}, "
        f"and {summary(answer)} after the body",
    )


def test_keep_alive(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        connection.request("/")
        assert connection.answer().body == b"hello"
        again = Answer(end="cut")
        with suppress(ConnectionError):
            connection.request("/")
            again = connection.answer()
    record(
        "yes" if again.body == b"hello" else "no",
        f"one request after the other: status 200, then {summary(again)}",
    )


def test_pipelining(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        one = "GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.send((one.format("/sleep") + one.format("/")).encode())
        first, second = connection.answer(), connection.answer(5)
    assert first.body == b"slept", first
    record(
        "yes" if second.body == b"hello" else "no",
        f"two requests at once: {summary(first)}, then {summary(second)}",
    )


def test_answers_beside_a_blocked_call(running: RunningServer, record: Record) -> None:
    with Connection(running) as blocked:
        blocked.request("/block", "Connection: close")
        assert wait_for_line(running, "block began ")
        assert ask(running, "/").body == b"hello"
        waited = blocked.answer(0.05).end == "complete"
        if not waited:
            assert blocked.answer().end == "complete"
    record(
        "no" if waited else "yes",
        f"answered {'after' if waited else 'before'} the end of a call that slept for 2 s",
    )


def test_answers_beside_a_slow_client(running: RunningServer, record: Record) -> None:
    with Connection(running) as slow:
        slow.send(b"GET / HTTP/1.1\r\n")
        record(*answered_in_time(running))


def test_answers_beside_an_open_connection(running: RunningServer, record: Record) -> None:
    with Connection(running) as open_:
        open_.request("/")
        assert open_.answer().body == b"hello"
        record(*answered_in_time(running))


def answered_in_time(running: RunningServer) -> tuple[Value, str]:
    """Send a request beside what is open, and tell whether it is answered."""
    with Connection(running) as connection:
        connection.request("/", "Connection: close")
        answer = connection.answer(1.5)
    return "yes" if answer.body == b"hello" else "no", f"{summary(answer)} within 1.5 s"


def test_finishes_at_sigterm(
    running: RunningServer, server: ServerSpec, keeper: Keeper, record: Record
) -> None:
    with Connection(running) as connection:
        connection.request("/finish", "Connection: close")
        assert wait_for_line(running, "finish began ")
        os.kill(running.pid, server.stop)
        answer = connection.answer()
    keeper.close()
    record("yes" if answer.body == b"finished" else "no", summary(answer))
