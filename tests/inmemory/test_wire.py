"""The same server gives the same bytes and the same log on TCP and on the in-memory network."""

import asyncio
import re
from typing import Any

import pytest
from helpers.both_networks import APPS, HOST, MILLION, PORT, Talk, compare, exchange, request
from helpers.catalogue import SERVERS
from helpers.patience import PATIENCE

from runnable.catalogue.examples import Example
from runnable.harness.masks import mask_answer
from runnable.inmemory.clients import http1
from runnable.inmemory.clients.websocket import WebSocketClient
from runnable.inmemory.network.ports import MemoryNetwork

LAST = b"Connection: close\r\n\r\n"


def say(text: str, body: bytes = b"") -> Talk:
    """A talk that sends one text (lines ended by newlines) and a body."""
    return lambda port: exchange(port, text.replace("\n", "\r\n").encode() + body)


HOSTED = "HTTP/1.1\nHost: localhost\nConnection: close\n"
TALKS: dict[str, Talk] = {
    "GET": say(f"GET / {HOSTED}\n"),
    "HEAD": say(f"HEAD / {HOSTED}\n"),
    "POST": say(f"POST / {HOSTED}Content-Length: 5\n\n", b"12345"),
    "an odd path": say(f"GET /%C3%BC%20a%zz?q=%zz {HOSTED}\n"),
    "chunked body": say(
        f"POST / {HOSTED}Transfer-Encoding: chunked\n\n", b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    ),
    "HTTP/1.0": say("GET / HTTP/1.0\n\n"),
    "half-close": lambda port: exchange(
        port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", half_close=True
    ),
    "1 MB up": say(f"POST /length {HOSTED}Content-Length: {len(MILLION)}\n\n", MILLION),
    "1 MB down": say(f"GET /big {HOSTED}\n"),
    "not HTTP": say("\x01\x02 junk junk junk\n\n\n"),
    "no such version": say("GET / HTTP/9.9\nHost: localhost\n\n"),
    "a failure": say(f"GET /fail {HOSTED}\n"),
    "100-continue": lambda port: request(
        port, method="POST", path="/", headers=[("Expect", "100-continue")], body=b"12345"
    ),
}
PIPELINE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2


OF_WSGI = {
    "environ": say(f"GET /environ/%C3%BC?a=b {HOSTED}X-Y: z\n\n"),
    "a file": say(f"GET /file {HOSTED}\n"),
}


@pytest.mark.parametrize("server", APPS)
def test_the_same_bytes_and_log(
    apps: dict[str, Example], server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All talks with one server, one after the other: none disturbs the next."""
    if server != "wsgiref":  # all others say "100 Continue", on a busy machine after a while
        monkeypatch.setattr(http1, "CONTINUE_TIMEOUT", PATIENCE)
    wsgi = SERVERS[server].interface == "WSGI"
    talks = TALKS | OF_WSGI if wsgi else TALKS

    async def one_after_the_other(port: int) -> dict[str, Any]:
        return {name: await talk(port) for name, talk in talks.items()}

    outcome = compare(apps[server], one_after_the_other)
    results = outcome.result
    assert MILLION in results["1 MB down"]
    assert b"400" in results["not HTTP"]
    assert re.match(rb"HTTP/1.. 500 ", results["a failure"])
    assert "Traceback (most recent call last):" in outcome.log
    assert "RuntimeError: a failure to be logged" in outcome.log
    if server != "wsgiref":
        assert str(len(MILLION)).encode() in results["1 MB up"]
    if wsgi:
        assert b"REMOTE_ADDR: '127.0.0.1'\n" in results["environ"]
        assert b"wsgi.multithread: %r\n" % (server == "waitress") in results["environ"]
        assert apps[server].source.encode() in results["a file"]
    else:
        assert "the application stops\n" in outcome.log
    if server == "uvicorn":
        assert outcome.log.index("the application starts") < outcome.log.index("Uvicorn running on")


@pytest.mark.parametrize("server", ["waitress", "uvicorn", "hypercorn", "aiohttp"])
def test_keep_alive_and_pipelining(apps: dict[str, Example], server: str) -> None:
    ends = b"0\r\n\r\n" if server in ("uvicorn", "hypercorn") else b"hello"  # chunked or not

    async def one_after_the_other(port: int) -> bytes:
        reader, writer = await asyncio.open_connection(HOST, port)
        received = b""
        for connection in (b"keep-alive", b"keep-alive", b"close"):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: %b\r\n\r\n" % connection)
            received += mask_answer(await reader.readuntil(b"\r\n\r\n"))
            received += await reader.readuntil(ends)
        assert await reader.read() == b""
        writer.close()
        return received

    assert compare(apps[server], one_after_the_other).result.count(b"hello") == 3

    async def all_at_once(port: int) -> list[bytes]:
        raw = await exchange(port, PIPELINE + b"GET / HTTP/1.1\r\nHost: a\r\n" + LAST)
        return [mask_answer(b"HTTP/1.1" + part) for part in raw.split(b"HTTP/1.1")]

    assert len(compare(apps[server], all_at_once).result) == 4


@pytest.mark.parametrize("server", APPS)
def test_a_client_that_goes_away_in_mid_stream(apps: dict[str, Example], server: str) -> None:
    class Leaver(asyncio.Protocol):
        """Aborts in the middle of what it receives, as a closed tab does."""

        def __init__(self) -> None:
            self.size = 0
            self.gone = asyncio.get_running_loop().create_future()

        def connection_made(self, transport: Any) -> None:
            self.transport = transport
            transport.write(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")

        def data_received(self, data: bytes) -> None:
            self.size += len(data)
            if self.size > 50_000 and not self.gone.done():
                self.gone.set_result(None)
                self.transport.abort()

    async def leave(port: int) -> None:
        loop = asyncio.get_running_loop()
        network = getattr(loop.create_connection, "__self__", None)
        if isinstance(network, MemoryNetwork):  # as the page's client: it receives inside write()
            leaver = Leaver()
            network.connect(leaver, port, immediate=True)
        else:
            _, leaver = await loop.create_connection(Leaver, HOST, port)
        await leaver.gone
        if isinstance(network, MemoryNetwork):
            await asyncio.sleep(0.3)  # the application goes on in this loop, and sees the end

    assert "the stream was closed\n" in compare(apps[server], leave).log


@pytest.mark.parametrize("server", ["uvicorn", "hypercorn", "aiohttp"])
def test_fifty_requests_at_once(apps: dict[str, Example], server: str) -> None:
    async def fifty(port: int) -> list[Any]:
        # None is answered before all have arrived: in turn it would take for ever.
        return await asyncio.gather(
            *(request(port, method="GET", path="/fifty") for _ in range(50))
        )

    answers = compare(apps[server], fifty).result
    assert len(answers) == 50
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize(
    ("server", "path"), [("uvicorn", "/"), ("hypercorn", "/"), ("aiohttp", "/ws")]
)
def test_websockets(apps: dict[str, Example], server: str, path: str) -> None:
    async def talk(port: int) -> list[Any]:
        events: list[dict[str, Any]] = []
        loop = asyncio.get_running_loop()

        def note(event: dict[str, Any]) -> None:
            # A server may answer a Ping before the application has answered what came earlier.
            if event["type"] != "pong":
                events.append(event)

        async def opened(path: str, *subprotocols: str) -> WebSocketClient:
            _, client = await loop.create_connection(
                lambda: WebSocketClient(path, f"{HOST}:{PORT}", note, subprotocols=subprotocols),
                HOST,
                port,
            )
            return client

        async def arrived(count: int) -> None:
            while len(events) < count:
                await asyncio.sleep(0.01)

        client = await opened(path, "first", "second")
        await arrived(1)
        client.send("text, Grüße")
        client.send(b"\x00\x01bytes")
        client.ping(b"are you there")
        client.send("x" * 200_000)
        await arrived(4)
        client.close(3000, "enough")
        await client.finished
        client = await opened(path)
        await arrived(6)
        client.send("bye")
        await client.finished
        client = await opened(path)
        await arrived(8)
        client.abort()
        await asyncio.sleep(0.1)
        client = await opened("/refuse")
        await client.finished
        await asyncio.sleep(0.1)
        refusal = events[8]
        refusal["headers"] = [each for each in refusal["headers"] if each[0].lower() != "date"]
        return events

    events = compare(apps[server], talk).result
    refused = [event["type"] for event in events[8:]]
    assert [event["type"] for event in events[:8]] == (
        ["open", "message", "message", "message", "closed", "open", "closed", "open"]
    )
    # The server's answer in place of a WebSocket; aiohttp's and Hypercorn's has a body.
    assert refused[0] == "head"
    assert refused[-1] == "error"
    assert {*refused[1:-1]} <= {"data"}
    assert events[8]["status"] >= 400
    assert events[0]["subprotocol"] == "first"
    assert events[2]["data"] == b"\x00\x01bytes"
    # aiohttp answers a Close frame with a code of its own.
    assert events[4]["code"] == {"uvicorn": 3000, "hypercorn": 3000, "aiohttp": 1000}[server]
    assert events[6]["code"] == 4001
