"""The client's end of HTTP/2: reports the same events as http1.py, inside the server's `write()`.

It speaks HTTP/2 from its first byte, by *prior knowledge* (RFC 9113, section 3.3): there is no TLS
here in which to agree on it. Each request has a connection of its own, as in HTTP/1.1.
"""

import asyncio

import h11
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    ResponseReceived,
    StreamEnded,
    StreamReset,
)
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes, Settings

from runnable.inmemory.clients.http1 import HttpExchange, HttpRequest, OnEvent, request_head

STREAM = 1  # the first that a client opens: RFC 9113, section 5.1.1
SETTINGS = b"\4"  # type of the first frame of a server that speaks HTTP/2: sections 3.4 and 6.5


class Http2Client(HttpExchange):
    """Sends one request by HTTP/2, reports the answer as it arrives, then closes."""

    def __init__(self, request: HttpRequest, authority: str, on_event: OnEvent) -> None:
        """`on_event` is called with a dict each time: `head`, `data`, `end`, or `error`.

        Raises:
            h11.LocalProtocolError: for a method or header that is not HTTP, or not HTTP/2.
        """
        super().__init__(on_event, request.leave_after)
        self._body = request.body or b""
        self._http = H2Connection()
        self._http.local_settings = Settings(
            client=True, initial_values={SettingCodes.ENABLE_PUSH: 0}
        )
        head = request_head(request, authority)
        fields = dict(head.headers)
        own = [(name, value) for name, value in head.headers if name != b"host"]
        pseudo = [
            (b":method", head.method),
            (b":scheme", b"http"),
            (b":authority", fields[b"host"]),
            (b":path", head.target),
        ]
        self._http.initiate_connection()
        try:
            self._http.send_headers(STREAM, pseudo + own, end_stream=not self._body)
        except ProtocolError as error:
            raise h11.LocalProtocolError(str(error)) from error

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the request, and of its body as much as the server's window allows."""
        super().connection_made(transport)
        self._send()

    def _send(self) -> None:
        while self._body and (
            room := min(
                self._http.local_flow_control_window(STREAM), self._http.max_outbound_frame_size
            )
        ):
            piece, self._body = self._body[:room], self._body[room:]
            self._http.send_data(STREAM, piece, end_stream=not self._body)
        if data := self._http.data_to_send():
            self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        if self._over or not self._keep(data):
            return
        if self._raw[3:4] not in (b"", SETTINGS):
            line = bytes(self._raw).partition(b"\r\n")[0][:60].decode("latin-1")
            self._fail(f"This server does not speak HTTP/2. Its answer begins: {line}")
            return
        try:
            for event in self._http.receive_data(data):
                self._handle(event)
        except ProtocolError as error:
            self._fail(f"The server's answer is not HTTP/2: {error}")
        if not self._over:
            self._send()

    def _handle(self, event: Event) -> None:
        if self._over:
            return
        if isinstance(event, ResponseReceived):
            self._handle_head(event)
        elif isinstance(event, DataReceived):
            self._http.acknowledge_received_data(event.flow_controlled_length, STREAM)
            if event.data:
                self._handle_piece(event.data)
        elif isinstance(event, StreamEnded):
            self._http.close_connection()
            self._transport.write(self._http.data_to_send())
            self._end()
        elif isinstance(event, StreamReset):
            self._fail(f"The server gave the request up: {name_of(event.error_code)}")
        elif isinstance(event, ConnectionTerminated) and event.error_code:
            self._fail(f"The server gave the connection up: {name_of(event.error_code)}")

    def _handle_head(self, event: ResponseReceived) -> None:
        self._begun = True
        headers = [
            (bytes(name).decode("latin-1"), bytes(value).decode("latin-1"))
            for name, value in event.headers
        ]
        _, status = next(pair for pair in headers if pair[0] == ":status")
        self._on_event(
            {
                "type": "head",
                "startLine": f"HTTP/2 {status}",
                "status": int(status),
                "reason": "",  # HTTP/2 has none: RFC 9113, section 8.3.2
                "headers": [pair for pair in headers if not pair[0].startswith(":")],
            }
        )


def name_of(error_code: int | None) -> object:
    """An error code's name in RFC 9113, section 7; a code that has none as it is."""
    return getattr(error_code, "name", error_code)
