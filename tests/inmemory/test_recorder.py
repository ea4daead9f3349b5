"""What is recorded: bounded, as it was when it crossed, and as docs/reference/recording.md says."""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, get_args

import pytest
from helpers.applications import ASGI, HELLO
from helpers.paths import ROOT
from helpers.worker_process import WorkerProcess
from pydantic import TypeAdapter

from runnable.inmemory.recording import recorder as module
from runnable.inmemory.recording.entries import Entry, Kind
from runnable.inmemory.recording.recorder import NOWHERE, Recorder
from runnable.inmemory.recording.values import LONGEST, freeze, thaw

AIOHTTP = """
from aiohttp import web
async def hello(request):
    return web.Response(text="hello")
app = web.Application()
app.router.add_get("/", hello)
"""
CALLS = {
    "wsgiref": (HELLO, "wsgi"),
    "gunicorn": (HELLO, "wsgi"),
    "waitress": (HELLO, "wsgi"),
    "uvicorn": (ASGI, "asgi"),
    "hypercorn": (ASGI, "asgi"),
    "aiohttp": (AIOHTTP, "aiohttp"),
}
ORDERS = {
    "wsgi": ["call", "start_response", "return", "item", "end"],
    "asgi": ["call", "send", "send", "return"],
    "aiohttp": ["call", "return"],
}


def recorded(worker: WorkerProcess, last: Callable[[Any], bool]) -> list[dict[str, Any]]:
    """All entries until one is the last; each as it is described."""
    entries: list[dict[str, Any]] = []
    while not any(map(last, entries)):
        message = worker.wait_for("recorded")
        assert message["missing"] == 0
        TypeAdapter(list[Entry]).validate_json(message["entries"], strict=True)
        entries += json.loads(message["entries"])
    return entries


@pytest.mark.parametrize("server", CALLS)
def test_a_request_from_its_connection_to_the_end(worker: WorkerProcess, server: str) -> None:
    source, interface = CALLS[server]
    assert worker.run(source, server)["type"] == "ready"
    id_ = worker.send_request()
    worker.wait_for("end", id_=id_)
    worker.post("watch", on=True)
    entries = recorded(worker, lambda entry: entry["kind"] == "connection.lost")
    first = entries[0]["n"]  # not 0 where a long step of the loop came before the start
    assert [entry["n"] for entry in entries] == list(range(first, first + len(entries)))
    times = [entry["at"] for entry in entries if entry["kind"] != "loop.step"]
    assert times == sorted(times)
    [made] = [entry for entry in entries if entry["kind"] == "connection.made"]
    assert made["value"][1] == id_
    here = [entry for entry in entries if entry["connection"] == made["connection"]]
    calls = [
        entry
        for entry in here
        if entry["kind"].startswith(interface) and entry["kind"] != "asgi.sent"
    ]
    assert [entry["kind"].partition(".")[2] for entry in calls] == ORDERS[interface]
    assert len({entry["request"] for entry in calls}) == 1
    if interface != "wsgi":
        assert calls[0]["task"].startswith("Task-")
    kinds = [entry["kind"] for entry in here]
    assert (
        kinds.index("wire.received") < kinds.index(f"{interface}.call") < kinds.index("wire.sent")
    )
    sent = "".join(entry["value"]["text"] for entry in here if entry["kind"] == "wire.sent")
    assert sent.startswith("HTTP/1.")
    assert sent.endswith(("hello from /", "hello", "0\r\n\r\n"))


def test_a_websocket_and_a_lifespan(worker: WorkerProcess) -> None:
    source = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    await receive()
    await send({"type": "websocket.accept"})
    event = await receive()
    await send({"type": "websocket.send", "text": event["text"] * 1000})
    await receive()
"""
    worker.post("watch", on=True)
    assert worker.run(source, "uvicorn")["type"] == "ready"
    id_ = worker.open_websocket("/chat")
    worker.wait_for("open", id_=id_)
    worker.post("send", id=id_, data="0123456789")
    worker.wait_for("message", id_=id_)
    worker.post("close", id=id_, code=1000, reason="")
    worker.stop()
    worker.post("watch", on=False)
    worker.post("watch", on=True)
    assert worker.run(ASGI, "uvicorn")["type"] == "ready"
    entries: list[Any] = []
    for message in worker.recorded:
        entries += json.loads(message["entries"])
    types = [
        (entry["request"], dict(map(tuple, entry["value"]["items"]))["type"])
        for entry in entries
        if entry["kind"] in ("asgi.call", "asgi.receive", "asgi.send")
    ]
    assert types[:3] == [
        (1, "lifespan"),
        (1, "lifespan.startup"),
        (1, "lifespan.startup.complete"),
    ]
    chat = [kind for request, kind in types if request == 2]
    assert chat == [
        "websocket",
        "websocket.connect",
        "websocket.accept",
        "websocket.receive",
        "websocket.send",
        "websocket.disconnect",
    ]
    [text] = [
        value
        for entry in entries
        if entry["kind"] == "asgi.send"
        for key, value in entry["value"]["items"]
        if key == "text"
    ]
    assert (text["size"], len(text["text"])) == (10_000, LONGEST)


def test_who_blocks_the_loop_is_named(worker: WorkerProcess) -> None:
    source = ASGI.replace("    await send", "    import time; time.sleep(0.05)\n    await send", 1)
    assert worker.run(source, "uvicorn")["type"] == "ready"
    worker.post("watch", on=True)
    for id_ in [worker.send_request() for _ in range(3)]:
        worker.wait_for("end", id_=id_)
    worker.stop()
    entries = [entry for message in worker.recorded for entry in json.loads(message["entries"])]
    steps = [entry for entry in entries if entry["kind"] == "loop.step" and entry["took"] >= 50]
    called = [entry["request"] for entry in entries if entry["kind"] == "asgi.call"]
    assert {step["request"] for step in steps} >= set(called[1:])  # the first is the lifespan


# Bounds


def test_what_is_too_much_is_dropped_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ENTRIES", 10)
    monkeypatch.setattr(module, "BATCH", 4)
    monkeypatch.setattr(module, "PAUSE", 0.0)

    async def main() -> list[tuple[list[int], int]]:
        told: list[tuple[list[int], int]] = []

        def watcher(text: str, began: int, missing: int) -> None:
            told.append(([entry["n"] for entry in json.loads(text)], missing))

        recorder = Recorder(asyncio.get_running_loop())
        for _ in range(25):
            recorder.note("wsgi.end", NOWHERE, freeze(None))
        recorder.watch(watcher)
        while sum(len(numbers) for numbers, _ in told) < 10:
            await asyncio.sleep(0)
        return told

    told = asyncio.run(main())
    assert [n for numbers, _ in told for n in numbers] == list(range(15, 25))
    assert [missing for _, missing in told] == [15, 0, 0]


def test_the_ring_is_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10_000)

    async def main() -> int:
        recorder = Recorder(asyncio.get_running_loop())
        for _ in range(100):
            recorder.note("wire.sent", NOWHERE, freeze(bytes(1000)))
        return len(recorder._ring)

    assert 3 < asyncio.run(main()) < 10


# Values


class Hostile:
    """Whatever is done with it is noticed."""

    def __repr__(self) -> str:
        raise AssertionError("the application's code was run")

    __str__ = __len__ = __hash__ = __eq__ = __iter__ = __repr__  # type: ignore[assignment]


class Name(str):
    __str__ = __add__ = Hostile.__repr__  # type: ignore[assignment]


VALUES: dict[str, tuple[object, object]] = {
    "nothing": (None, None),
    "a text": ("text", "text"),
    "bytes": (b"\x00\xff", {"type": "bytes", "text": "\x00\xff"}),
    "many bytes": (b"x" * 5000, {"type": "bytes", "text": "x" * LONGEST, "size": 5000}),
    "a long text": ("ü" * 5000, {"type": "str", "text": "ü" * LONGEST, "size": 5000}),
    "a large number": (2**60, {"type": "object", "text": "int"}),
    "infinity": (float("inf"), {"type": "object", "text": "float"}),
    "a tuple": ([(b"a",)], [{"type": "tuple", "items": [{"type": "bytes", "text": "a"}]}]),
    "a dict": ({"a": [1, 2]}, {"type": "dict", "items": [["a", [1, 2]]]}),
    "an object": (object(), {"type": "object", "text": "object"}),
    "an exception": (Exception("x"), {"type": "object", "text": "Exception"}),
    "an object that is hostile": (
        {"a": Hostile()},
        {"type": "dict", "items": [["a", {"type": "object", "text": f"{__name__}.Hostile"}]]},
    ),
    "what a class derives from": (
        {"status": HTTPStatus.OK, "name": Name("x")},
        {"type": "dict", "items": [["status", 200], ["name", "x"]]},
    ),
    "an object in a list": (
        [object()],
        {"type": "list", "items": [{"type": "object", "text": "object"}]},
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(name: str) -> None:
    value, expected = VALUES[name]
    assert thaw(freeze(value)) == expected
    json.dumps(expected)


def test_a_large_nest_is_cut() -> None:
    nest: list[object] = [0] * 1000
    for _ in range(20):
        nest = [nest, "x" * 5000]
    assert len(freeze(nest)) < 100_000
    wide = thaw(freeze(dict.fromkeys(range(100000), "x")))
    assert (wide["size"], len(wide["items"])) == (100_000, 200)


def test_a_value_stays_as_it_crossed() -> None:
    scope: dict[str, Any] = {"headers": [(b"a", b"b")], "state": {}}
    frozen = freeze(scope)
    scope["state"]["more"] = 1
    scope["headers"].clear()
    assert thaw(frozen) == thaw(freeze({"headers": [(b"a", b"b")], "state": {}}))


def test_every_kind_is_described() -> None:
    text = (ROOT / "docs" / "reference" / "recording.md").read_text()
    assert [kind for kind in get_args(Kind.__value__) if f"`{kind}`" not in text] == []
