"""A client on a real socket that keeps the bytes of an answer as they came."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import h11
from wsproto import ConnectionType, WSConnection, events
from wsproto.connection import ConnectionState

from runnable.contract import Request, WebSocketExchange

TIMEOUT = 30.0
USUAL = [("User-Agent", "runnable"), ("Accept", "*/*")]


@dataclass
class Answer:
    """An HTTP answer.

    `raw` is all that the server sent until it closed the connection. `pieces`
    are the body without its transfer coding, one a chunk (without chunks, one a
    read), each with the seconds since the request was sent.
    """

    raw: bytes = b""
    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    complete: bool = False

    @property
    def body(self) -> bytes:
        return b"".join(piece for _, piece in self.pieces)


@asynccontextmanager
async def connect(
    host: str, port: int
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    async with asyncio.timeout(TIMEOUT):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            yield reader, writer
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def exchange(host: str, port: int, request: Request) -> Answer:
    """Send a contract's request once, and read until the server closes."""
    headers = [("Host", f"{host}:{port}"), *USUAL, *request.headers]
    if request.body is not None:
        headers.append(("Content-Length", str(len(request.body))))
    headers.append(("Connection", "close"))
    http = h11.Connection(h11.CLIENT)
    head = h11.Request(method=request.method, target=request.path, headers=headers)
    answer = Answer()
    async with connect(host, port) as (reader, writer):
        for event in (head, h11.Data(data=request.body or b""), h11.EndOfMessage()):
            writer.write(http.send(event))
        sent = time.monotonic()
        piece = b""
        while data := await reader.read(65536):
            answer.raw += data
            http.receive_data(data)
            piece = _read(http, answer, time.monotonic() - sent, piece)
        http.receive_data(b"")
        _read(http, answer, time.monotonic() - sent, piece)
    assert answer.complete, f"the answer was cut short: {answer.raw!r}"
    return answer


def _read(http: h11.Connection, answer: Answer, seconds: float, piece: bytes) -> bytes:
    """Take what h11 has understood so far; give the chunk that is not yet whole."""
    while True:
        event = http.next_event()
        if isinstance(event, h11.Response):
            answer.status = event.status_code
            answer.headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in event.headers.raw_items()
            ]
        elif isinstance(event, h11.Data):
            chunked = event.chunk_start or bool(piece)
            piece += event.data
            if event.chunk_end or not chunked:
                answer.pieces.append((seconds, bytes(piece)))
                piece = b""
        elif isinstance(event, h11.EndOfMessage):
            answer.complete = True
        else:
            return piece


async def websocket_exchange(
    host: str, port: int, wanted: WebSocketExchange
) -> list[tuple[str, str | int | None]]:
    """Take the steps of a contract's WebSocket; give what was seen, in order.

    The events are ("accepted", subprotocol) or ("rejected", status), then
    ("message", text) and ("closed", code); 1006 where the server just went.
    """
    websocket = WSConnection(ConnectionType.CLIENT)
    opening = events.Request(
        host=f"{host}:{port}",
        target=wanted.path,
        subprotocols=list(wanted.subprotocols),
        extra_headers=[(name.encode(), value.encode()) for name, value in USUAL],
    )
    async with connect(host, port) as (reader, writer):
        writer.write(websocket.send(opening))
        incoming = _incoming(websocket, reader, writer)
        seen = [await anext(incoming)]
        for step in wanted.steps:
            if seen[-1][0] in {"rejected", "closed"}:
                break
            if step.action == "send":
                writer.write(websocket.send(events.Message(str(step.value))))
                continue
            if step.action == "close":
                writer.write(websocket.send(events.CloseConnection(int(step.value))))
            seen.append(await anext(incoming))
        await reader.read()
    return seen


async def _incoming(
    websocket: WSConnection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> AsyncIterator[tuple[str, str | int | None]]:
    text = ""
    while data := await reader.read(65536):
        websocket.receive_data(data)
        for event in websocket.events():
            match event:
                case events.AcceptConnection():
                    yield "accepted", event.subprotocol
                case events.RejectConnection():
                    yield "rejected", event.status_code
                case events.TextMessage():
                    text += event.data
                    if event.message_finished:
                        yield "message", text
                        text = ""
                case events.Ping():
                    writer.write(websocket.send(event.response()))
                case events.CloseConnection():
                    if websocket.state is ConnectionState.REMOTE_CLOSING:
                        writer.write(websocket.send(event.response()))
                    yield "closed", int(event.code)
                    return
    yield "closed", 1006
