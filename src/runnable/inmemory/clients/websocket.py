"""The client's end of a WebSocket (RFC 6455): parses inside the server's `write()`.

Its events, in order: `open`, any number of `message` and `pong`, then `closed`; or, where the
server refuses, its answer, `head` and any number of `data`, then `error`.
"""

import asyncio
from collections.abc import Callable, Sequence

from wsproto import ConnectionType, WSConnection
from wsproto.connection import ConnectionState
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Message,
    Ping,
    Pong,
    RejectConnection,
    RejectData,
    Request,
    TextMessage,
)
from wsproto.utilities import RemoteProtocolError

from runnable.inmemory.clients.http1 import (
    MOST_BYTES,
    Headers,
    encode_target,
    own_and_usual_headers,
)
from runnable.inmemory.messages import ClosedEvent, ErrorEvent, WebSocketEvent

ABNORMAL = 1006  # RFC 6455, section 7.4.1: the connection ended without a Close frame
NO_STATUS = 1005  # the same section: a Close frame without a code
# As for an answer: a client must not take messages without end.
MOST_MESSAGES = 20_000
TOO_MUCH = (
    f"The client left: it takes {MOST_MESSAGES} messages, {MOST_BYTES // 1024**2} MiB, and no more."
)


class WebSocketClient(asyncio.Protocol):
    """Opens a WebSocket and reports what arrives; answers pings and the Close frame by itself."""

    def __init__(
        self,
        path: str,
        authority: str,
        on_event: Callable[[WebSocketEvent], None],
        *,
        headers: Headers = (),
        subprotocols: Sequence[str] = (),
    ) -> None:
        """`on_event` is called with a dict each time."""
        self._on_event = on_event
        self._connection = WSConnection(ConnectionType.CLIENT)
        self._request = Request(
            host=authority,
            target=encode_target(path),
            subprotocols=list(subprotocols),
            extra_headers=[
                (name.encode("latin-1"), value.encode("latin-1"))
                for name, value in own_and_usual_headers(headers)
            ],
        )
        self._parts: list[str | bytes | bytearray] = []
        self._start_line: bytes | None = None
        self._status = 0
        self._received = self._messages = 0
        self._over = False
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._connection.send(self._request))

    def send(self, data: str | bytes) -> None:
        """Send a text or a binary message.

        Raises:
            LocalProtocolError: where the WebSocket is not open.
        """
        event: Message[str] | Message[bytes | bytearray]
        event = TextMessage(data=data) if isinstance(data, str) else BytesMessage(data=bytes(data))
        self._transport.write(self._connection.send(event))

    def ping(self, payload: bytes = b"") -> None:
        """Send a Ping; the event `pong` follows the server's answer."""
        self._transport.write(self._connection.send(Ping(payload=payload)))

    def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Begin the closing handshake; the event `closed` follows the server's answer."""
        if self._connection.state is ConnectionState.OPEN:
            self._transport.write(self._connection.send(CloseConnection(code=code, reason=reason)))

    def abort(self) -> None:
        """The client goes away without a Close frame."""
        self._over = True
        self._transport.abort()
        self._finish()

    def data_received(self, data: bytes) -> None:
        if self._over:
            return
        self._received += len(data)
        if self._received > MOST_BYTES or self._messages > MOST_MESSAGES:
            self._on_event({"type": "error", "message": TOO_MUCH})
            self.abort()
            return
        if self._start_line is None:
            self._start_line = bytes(data).partition(b"\r\n")[0]
        try:
            self._connection.receive_data(data)
            for event in self._connection.events():
                self._handle(event)
        except RemoteProtocolError as error:
            self._end(
                {"type": "error", "message": f"The server's answer is not a WebSocket's: {error}"}
            )

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Report an end without a Close frame, unless the end was reported already."""
        if self._status:
            self._refused()
        self._end({"type": "closed", "code": ABNORMAL, "reason": ""})

    def _handle(self, event: object) -> None:
        if isinstance(event, AcceptConnection):
            self._on_event({"type": "open", "subprotocol": event.subprotocol})
        elif isinstance(event, RejectConnection):
            self._status = event.status_code
            start_line = (self._start_line or b"").decode("latin-1")
            headers = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in event.headers]
            self._on_event(
                {
                    "type": "head",
                    "startLine": start_line,
                    "status": event.status_code,
                    "reason": start_line.split(" ", 2)[-1],
                    "headers": headers,
                }
            )
            if not event.has_body:
                self._refused()
        elif isinstance(event, RejectData):
            if event.data:
                self._on_event({"type": "data", "data": bytes(event.data)})
            if event.body_finished:
                self._refused()
        elif isinstance(event, TextMessage | BytesMessage):
            self._parts.append(event.data)
            if event.message_finished:
                text = isinstance(event, TextMessage)
                data = "".join(map(str, self._parts)) if text else b"".join(map(bytes, self._parts))  # type: ignore[arg-type]
                self._parts.clear()
                self._messages += 1
                self._on_event({"type": "message", "data": data})
        elif isinstance(event, Ping):
            self._transport.write(self._connection.send(event.response()))
        elif isinstance(event, Pong):
            self._on_event(
                {"type": "pong", "payload": bytes(event.payload).decode(errors="replace")}
            )
        elif isinstance(event, CloseConnection):
            if self._connection.state is ConnectionState.REMOTE_CLOSING:
                self._transport.write(self._connection.send(event.response()))
            self._end(
                {
                    "type": "closed",
                    "code": int(event.code or NO_STATUS),
                    "reason": event.reason or "",
                }
            )

    def _refused(self) -> None:
        message = f"The server refused the WebSocket: {self._status}"
        self._end({"type": "error", "message": message})

    def _end(self, last: ClosedEvent | ErrorEvent) -> None:
        if not self._over:
            self._over = True
            self._on_event(last)
            self._transport.close()
            self._finish()

    def _finish(self) -> None:
        if not self.finished.done():
            self.finished.set_result(None)
