"""What servers do with a connection: streaming, bodies, keep-alive, SIGTERM, a blocked call."""

import os
from contextlib import suppress

import pytest
from helpers.capabilities.expectations import Record, Value
from helpers.capabilities.keeper import Keeper
from helpers.capabilities.measuring import Answer, Connection, ask, summary, wait_for_line
from helpers.patience import wait_until

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

HALF = b"x" * 65536
TRIES = 5  # where others take the processors, what happens at different times can be seen at once


def test_streaming_response(running: RunningServer, record: Record) -> None:
    for _ in range(TRIES):
        answer = ask(running, "/stream")
        assert answer.body == b"0\n1\n2\n3\n", answer
        if streams := answer.spread > 0.3:
            break
    arrived = "one after the other" if streams else "together"
    record("yes" if streams else "no", f"4 blocks, given 0.2 s apart, arrived {arrived}")


def test_streaming_request_body(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        length = f"Content-Length: {2 * len(HALF)}"
        connection.request("/read", length, method="POST", body=HALF)
        streams = not running.wait_until_idle(unless=lambda: "bytes read" in running.log())
        connection.send(HALF)
        answer = connection.answer()
    assert answer.body == f"{2 * len(HALF)}".encode(), answer
    when = "before" if streams else "after"
    record("yes" if streams else "no", f"it was read {when} the client sent the second half")


def test_chunked_request(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        chunks = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        connection.request("/echo", "Transfer-Encoding: chunked", method="POST", body=chunks)
        answer = connection.answer()
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
        first = connection.answer(interim=True, unless_idle=running)
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
        first = connection.answer()
        assert first.body == b"hello"
        if first.headers.get("connection", "").lower() == "close":
            record("no", "it answers with Connection: close")
            return
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
        first, second = connection.answer(), connection.answer()
    assert first.body == b"slept", first
    record(
        "yes" if second.body == b"hello" else "no",
        f"two requests at once: {summary(first)}, then {summary(second)}",
    )


def test_answers_beside_a_blocked_call(running: RunningServer, record: Record) -> None:
    for calls in range(1, TRIES + 1):
        with Connection(running) as blocked:
            blocked.request("/block", "Connection: close")
            wait_until(lambda calls=calls: running.log().count("block began") == calls)
            with Connection(running) as other:
                other.request("/", "Connection: close")
                waits = not other.answer(unless_idle=running).status
                decided = waits or running.log().count("block ended") < calls
                assert blocked.answer().body == b"blocked"
                assert not waits or other.answer().body == b"hello"
        if decided:
            break
    record(
        "no" if waits else "yes",
        f"answered {'after' if waits else 'before'} the end of a call that slept for 2 s",
    )


def test_answers_beside_a_slow_client(running: RunningServer, record: Record) -> None:
    with Connection(running) as slow:
        slow.send(b"GET / HTTP/1.1\r\n")
        record(*answers_beside(slow, running))


def test_answers_beside_an_open_connection(running: RunningServer, record: Record) -> None:
    for _ in range(TRIES):
        with Connection(running) as open_:
            open_.request("/")
            assert open_.answer().body == b"hello"
            value, evidence = answers_beside(open_, running)
        if value == "no":  # a server that waits does not wait for ever
            break
    record(value, evidence)


def answers_beside(first: Connection, running: RunningServer) -> tuple[Value, str]:
    """Send a request beside a connection, and tell whether it is answered before that is closed."""
    with Connection(running) as other:
        other.request("/", "Connection: close")
        before = other.answer(unless_idle=running)
        first.close()
        answer = before if before.status else other.answer()
    assert answer.body == b"hello", answer
    when = "before" if before.status else "after"
    return "yes" if before.status else "no", f"answered {when} the first client had left"


@pytest.mark.ends_server
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
