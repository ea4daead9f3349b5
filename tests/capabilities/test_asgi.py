"""What ASGI servers do of the specification's HTTP and lifespan parts, and of its extensions."""

import json

import pytest
from helpers.capabilities.expectations import Record
from helpers.capabilities.keeper import Keeper
from helpers.capabilities.measuring import Connection, ask, wait_for_line

from runnable.harness.processes import RunningServer

NOT_DECLARED = "not in scope['extensions']"


def scope(running: RunningServer) -> dict[str, object]:
    """What the application finds in its scope."""
    told: dict[str, object] = json.loads(ask(running, "/scope").body)
    return told


def declared(running: RunningServer, extension: str) -> bool:
    """Whether the server tells the application of an extension, as it has to."""
    extensions = scope(running)["extensions"]
    assert isinstance(extensions, list)
    return extension in extensions


def after_leaving(running: RunningServer, line: str) -> str:
    """What the application prints after its client has left within the answer."""
    with Connection(running) as connection:
        connection.request("/disconnect")
        assert connection.answer(blocks=1).body == b"begun"
    return wait_for_line(running, line)


def test_spec_version(running: RunningServer, record: Record) -> None:
    version = scope(running)["spec_version"]
    record("yes" if version else "no", f"{version or 'none'}, of HTTP")


def test_http_disconnect(running: RunningServer, record: Record) -> None:
    event = after_leaving(running, "told /disconnect ")
    record("yes" if event == "http.disconnect" else "no", f"receive gave {event or 'nothing'}")


def test_send_after_disconnect(running: RunningServer, record: Record) -> None:
    raised = after_leaving(running, "told /send ")
    assert raised
    record("yes" if raised.endswith(", OSError") else "no", f"send raised {raised}")


def test_trailers(running: RunningServer, record: Record) -> None:
    if not declared(running, "http.response.trailers"):
        record("no", NOT_DECLARED)
        return
    with Connection(running) as connection:
        connection.request("/trailers", "TE: trailers", "Connection: close, TE")
        answer = connection.answer()
    trailers = answer.trailers
    record("yes" if trailers == {"x-checksum": "42"} else "no", f"trailers {trailers}")


def test_early_hints(running: RunningServer, record: Record) -> None:
    if not declared(running, "http.response.early_hint"):
        record("no", NOT_DECLARED)
        return
    interim = ask(running, "/early-hint").interim
    record("yes" if interim == [103] else "no", f"before the answer: {interim}")


def test_pathsend(running: RunningServer, record: Record) -> None:
    sends_a_file(running, record, "pathsend")


def test_zerocopysend(running: RunningServer, record: Record) -> None:
    sends_a_file(running, record, "zerocopysend")


def sends_a_file(running: RunningServer, record: Record, name: str) -> None:
    if not declared(running, f"http.response.{name}"):
        record("no", NOT_DECLARED)
        return
    body = ask(running, f"/{name}").body
    whole = b"def " + name.encode() + b"(" in body
    record("yes" if whole else "no", f"{len(body)} bytes of the file")


def test_lifespan_state(running: RunningServer, record: Record) -> None:
    state = scope(running)["state"]
    record("yes" if state == ["pool"] else "no", f"scope['state'] of a request has {state}")


@pytest.mark.ends_server
def test_lifespan(running: RunningServer, keeper: Keeper, record: Record) -> None:
    assert ask(running, "/").body == b"hello"
    with running.log_path.open() as log:  # it outlives its name
        keeper.close()
        said = log.read()
    told = [event for event in ("startup", "shutdown") if f"lifespan.{event}" in said]
    record("yes" if len(told) == 2 else "no", f"told: {', '.join(told) or 'nothing'}")
