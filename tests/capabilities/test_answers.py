"""What servers add to answers, and what they refuse."""

from contextlib import suppress

from helpers.capabilities.expectations import Record
from helpers.capabilities.measuring import Answer, Connection, ask, summary

from runnable.harness.processes import HANDSHAKE, RunningServer

KIB = 1024
TRIES = 5  # a server that closes while more is sent may take its answer back (RFC 9112, 9.6)


def test_date_header(running: RunningServer, record: Record) -> None:
    date = ask(running, "/").headers.get("date", "")
    record("yes" if date.endswith(" GMT") else "no", "Date: … GMT" if date else "no Date")


def test_server_header(running: RunningServer, record: Record) -> None:
    named = ask(running, "/").headers.get("server")
    record("yes" if named else "no", f"Server: {named}" if named else "no Server")


def test_head_without_a_body(running: RunningServer, record: Record) -> None:
    """What follows the head is seen as it came: a client would take none for an answer to HEAD."""
    with Connection(running) as connection:
        connection.request("/", "Connection: close", method="HEAD")
        raw = connection.rest()
    head, _, body = raw.partition(b"\r\n\r\n")
    assert b" 200" in head.splitlines()[0], raw
    record("no" if body else "yes", f"after the head: {body.decode()!r}" if body else "no body")


def test_upgrade_is_ignored(running: RunningServer, record: Record) -> None:
    """On a server without WebSockets, their handshake is a request like any other."""
    with Connection(running) as connection:
        connection.request("/", *(f"{name}: {value}" for name, value in HANDSHAKE.items()))
        answer = connection.answer()
    record("yes" if answer.body == b"hello" else "no", summary(answer))


def test_head_limit(running: RunningServer, record: Record) -> None:
    """Send ever longer heads, up to 1 MiB, until one is not taken."""
    taken = 0
    for size in (8, 16, 32, 64, 128, 256, 512, 1024):
        answer = with_long_head(running, size * KIB)
        if answer.body == b"hello":
            taken = size
            continue
        refused = f"{taken} KiB taken, {size} KiB refused: {summary(answer)}"
        record("yes" if 400 <= answer.status < 500 else "partly", refused)
        return
    record("no", "1 MiB taken")


def with_long_head(running: RunningServer, size: int) -> Answer:
    """Send a head of this size; give the answer."""
    answer = Answer()
    for _ in range(TRIES):
        with Connection(running) as connection:
            with suppress(ConnectionError):
                connection.request("/", "Connection: close", f"X-Long: {'x' * size}")
            answer = connection.answer()
        if answer.status:
            break
    return answer


def test_body_limit(running: RunningServer, record: Record) -> None:
    """Announce a body of 1 TiB, and send none of it."""
    with Connection(running) as connection:
        connection.request("/", f"Content-Length: {KIB**4}", method="POST")
        answer = connection.answer(unless_idle=running)
    record("yes" if answer.status == 413 else "no", f"a body of 1 TiB announced: {summary(answer)}")
