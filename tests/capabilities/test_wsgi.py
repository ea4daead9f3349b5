"""What WSGI servers give an application beyond the call: write(), file_wrapper, input, close()."""

from helpers.capabilities.expectations import Record
from helpers.capabilities.measuring import Connection, ask, summary, wait_for_line

from runnable.harness.processes import RunningServer


def test_late_start_response(running: RunningServer, record: Record) -> None:
    answer = ask(running, "/late")
    assert answer.body == b"late", answer
    record(
        "yes" if answer.status == 201 else "no",
        f"{summary(answer)}, where the application said 201",
    )


def test_write_callable(running: RunningServer, record: Record) -> None:
    answer = ask(running, "/write")
    record(
        "yes" if answer.body == b"written, told" else "no",
        f"{summary(answer)}, {answer.body.decode()!r}" if answer.status == 200 else summary(answer),
    )


def test_file_wrapper(running: RunningServer, record: Record) -> None:
    answer = ask(running, "/file")
    assert answer.body in (b"a file", b"none"), answer
    given = answer.body == b"a file"
    record("yes" if given else "no", "it sent a file" if given else "not in the environ")


def test_input_terminated(running: RunningServer, record: Record) -> None:
    """On a connection that stays open: `read()` alone would wait for more."""
    with Connection(running) as connection:
        connection.request("/read-all", "Content-Length: 5", method="POST", body=b"abcde")
        answer = connection.answer(unless_idle=running)
    match answer.body:
        case b"b'abcde' True":
            record("yes", "wsgi.input_terminated is true, and read() ended with the body")
        case b"b'abcde' None":
            record("partly", "read() ended with the body, but no wsgi.input_terminated says so")
        case _:
            record("no", "read() waits for more than the body")


def test_close_after_response(running: RunningServer, record: Record) -> None:
    assert ask(running, "/close-short").body == b"x" * 2000
    count = wait_for_line(running, "short stream closed after ")
    record("yes" if count else "no", f"called after {count}" if count else "not called")


def test_close_on_disconnect(running: RunningServer, record: Record) -> None:
    with Connection(running) as connection:
        connection.request("/close-long")
        assert connection.answer(blocks=1).body
    count = wait_for_line(running, "long stream closed after ")
    if not count:
        record("no", "not called")
    elif count.startswith("20 of 20"):
        record("partly", "called after all 20 blocks; the client left after the first")
    else:
        record("yes", "called before the stream ended; the client left after the first block")


def test_early_hints_of_wsgi(running: RunningServer, record: Record) -> None:
    answer = ask(running, "/early-hints")
    if answer.body == b"none":
        record("no", "wsgi.early_hints is not in the environ")
        return
    record("yes" if answer.interim == [103] else "no", f"before the answer: {answer.interim}")


def test_hop_by_hop_is_refused(running: RunningServer, record: Record) -> None:
    answer = ask(running, "/hop-by-hop")
    passed = answer.headers.get("upgrade")
    evidence = f"the client got Upgrade: {passed}" if passed else summary(answer)
    record("yes" if answer.status == 500 else "no", evidence)
