"""HTTP/2: Hypercorn sends the same frames on TCP and in memory; other servers are recognized."""

import asyncio
import time
from typing import Any

import h11
import hpack
import pytest
from helpers.both_networks import APPS, HOST, MILLION, PORT, Talk, compare, events_of, exchange
from helpers.catalogue import SERVERS
from hyperframe.frame import DataFrame, Frame, HeadersFrame

from runnable.catalogue.examples import Example
from runnable.inmemory.clients.http1 import HttpRequest
from runnable.inmemory.clients.http2 import Http2Client
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.network.transport import MemoryTransport


def frames(raw: bytes) -> list[tuple[Any, ...]]:
    """The frames of a request's stream, its headers in the clear and without the date.

    The connection's own (settings, windows) come when the other side's arrive.
    """
    decoder, found = hpack.Decoder(), []
    while raw:
        frame, length = Frame.parse_frame_header(memoryview(raw[:9]))
        frame.parse_body(memoryview(raw[9 : 9 + length]))
        raw = raw[9 + length :]
        match frame:
            case HeadersFrame():
                headers = [pair for pair in decoder.decode(frame.data) if pair[0] != "date"]
                found.append(("HEADERS", sorted(frame.flags), headers))
            case DataFrame():
                found.append(("DATA", sorted(frame.flags), frame.data))
    return found


def ask(method: str = "GET", path: str = "/", **request: Any) -> Talk:
    """A talk of one request by HTTP/2; gives its events, without the date."""

    async def talk(port: int) -> list[Any]:
        events = await events_of(Http2Client, port, method=method, path=path, **request)
        for message in events:
            if "headers" in message:
                message["headers"] = [pair for pair in message["headers"] if pair[0] != "date"]
            if "raw" in message:
                message["raw"] = frames(message["raw"])
        return events

    return talk


TALKS = {
    "GET": ask(),
    "HEAD": ask("HEAD"),
    "POST": ask("POST", body=b"12345"),
    "an empty body": ask("POST", body=b""),
    "an odd path": ask(path="/ü a%zz?q=%zz"),
    "1 MB up": ask("POST", "/length", body=MILLION),
    "a failure": ask(path="/fail"),
    "a body that is not read": ask("POST", "/unread", body=b"x" * 50_000),
    "headers": ask(headers=[("Cookie", "a=b; c=d"), ("Host", "example.org"), ("X-Empty", "")]),
}


@pytest.mark.parametrize("talk", TALKS)
def test_the_same_frames_and_log(apps: dict[str, Example], talk: str) -> None:
    outcome = compare(apps["hypercorn"], TALKS[talk])
    kinds = [message["type"] for message in outcome.result]
    assert (kinds[0], kinds[-1]) == ("head", "end")
    body = b"".join(message["data"] for message in outcome.result if message["type"] == "data")
    head = outcome.result[0]
    assert head["startLine"] == f"HTTP/2 {head['status']}"
    assert head["status"] == (500 if talk == "a failure" else 200)
    assert ("server", "hypercorn-h2") in head["headers"]
    match talk:
        case "1 MB up":
            assert body == str(len(MILLION)).encode()
        case "POST":
            assert body == b"12345"
        case "HEAD":
            assert body == b""
        case "a failure":
            assert "RuntimeError: a failure to be logged" in outcome.log


def test_a_large_answer(apps: dict[str, Example]) -> None:
    async def whole(port: int) -> bytes:
        events = await events_of(Http2Client, port, method="GET", path="/big")
        assert events[-1]["type"] == "end"
        # How it is cut into frames depends on when the client's windows open.
        return b"".join(message["data"] for message in events if message["type"] == "data")

    assert compare(apps["hypercorn"], whole).result == MILLION


def test_fifty_requests_at_once(apps: dict[str, Example]) -> None:
    async def fifty(port: int) -> list[Any]:
        # None is answered before all have arrived: in turn it would take for ever.
        return await asyncio.gather(*(ask(path="/fifty")(port) for _ in range(50)))

    answers = compare(apps["hypercorn"], fifty).result
    assert all(answer == answers[0] for answer in answers)


def test_a_stream_is_told_as_it_comes_and_may_be_left(apps: dict[str, Example]) -> None:
    async def leave(port: int) -> int:
        events: list[tuple[float, dict[str, Any]]] = []

        def on_event(message: dict[str, Any]) -> None:
            events.append((time.monotonic(), message))
            if len(events) == 40:
                client.abort()

        request = HttpRequest("GET", "/endless")
        client = Http2Client(request, f"{HOST}:{PORT}", on_event)
        loop = asyncio.get_running_loop()
        network = getattr(loop.create_connection, "__self__", None)
        if isinstance(network, MemoryNetwork):  # as the page's client: it receives inside write()
            network.connect(client, port, immediate=True)
        else:
            await loop.create_connection(lambda: client, HOST, port)
        await client.finished
        if isinstance(network, MemoryNetwork):
            await asyncio.sleep(0.3)  # the application goes on in this loop, and sees the end
            assert events[-1][0] - events[0][0] > 0.1  # it sleeps 0.01 s after each piece
        return len(events)

    outcome = compare(apps["hypercorn"], leave)
    assert outcome.result == 40
    assert "the stream was closed\n" in outcome.log


@pytest.mark.parametrize("server", [name for name in APPS if not SERVERS[name].browser_http2])
def test_a_server_without_http2_is_named_so(apps: dict[str, Example], server: str) -> None:
    # The client goes away when it has read a line.
    [message] = compare(apps[server], ask(), log=False).result
    assert message["type"] == "error"
    assert message["message"].startswith("This server does not speak HTTP/2. Its answer begins: ")


@pytest.mark.parametrize("server", [name for name in APPS if not SERVERS[name].browser_http2])
def test_a_server_without_http2_reads_all_of_it(apps: dict[str, Example], server: str) -> None:
    async def stay(port: int) -> bytes:
        wire = Wire()
        Http2Client(HttpRequest("GET", "/"), f"{HOST}:{PORT}", print).connection_made(wire)
        return await exchange(port, wire.written)  # until the server closes

    assert compare(apps[server], stay).result


class Wire(asyncio.Transport):
    """A transport that leads nowhere, for the bytes that a client sends first."""

    written = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)


@pytest.mark.parametrize(
    "request_",
    [
        HttpRequest("GET", "/", [("TE", "gzip")]),
        HttpRequest("GET", "/", [("a b", "c")]),
        HttpRequest("G T", "/"),
    ],
)
def test_what_is_not_http2_is_not_sent(request_: HttpRequest) -> None:
    async def make() -> None:
        with pytest.raises(h11.LocalProtocolError):
            Http2Client(request_, "localhost", lambda message: None)

    asyncio.run(make())


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (b"", "The server closed the connection without an answer."),
        ("SETTINGS", "The server closed the connection without an answer."),
        ("HEADERS", "The server closed the connection before its answer was complete."),
        ("RST_STREAM", "The server gave the request up: INTERNAL_ERROR"),
        ("GOAWAY", "The server gave the connection up: ENHANCE_YOUR_CALM"),
        ("nonsense", "The server's answer is not HTTP/2: "),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(sent: object, message: str) -> None:
    from h2.config import H2Configuration
    from h2.connection import H2Connection
    from h2.errors import ErrorCodes

    class Server(asyncio.Protocol):
        """Begins to answer, and breaks off."""

        def connection_made(self, transport: Any) -> None:
            self.transport: MemoryTransport = transport
            self.http = H2Connection(H2Configuration(client_side=False))
            self.http.initiate_connection()

        def data_received(self, data: bytes) -> None:
            self.http.receive_data(data)
            match sent:
                case "HEADERS":
                    self.http.send_headers(1, [(":status", "200")])
                case "RST_STREAM":
                    self.http.reset_stream(1, ErrorCodes.INTERNAL_ERROR)
                case "GOAWAY":
                    self.http.close_connection(ErrorCodes.ENHANCE_YOUR_CALM)
            data = self.http.data_to_send() if sent else b""
            self.transport.write(data + b"\0" * 100 * (sent == "nonsense"))
            self.transport.close()

    async def talk() -> list[dict[str, Any]]:
        network = MemoryNetwork(asyncio.get_running_loop()).install()
        await network.create_server(Server, HOST, PORT)
        return await events_of(Http2Client, PORT, method="GET", path="/")

    last = asyncio.run(talk())[-1]
    assert last["type"] == "error"
    assert last["message"].startswith(message)
