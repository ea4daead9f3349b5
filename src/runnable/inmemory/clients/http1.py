"""The client's end of HTTP/1.1: parses each piece inside the server's `write()`.

The protocols here are plain asyncio protocols: the same client speaks over TCP in CPython's tests
and over the in-memory network in the page. Its events, in order: `head`, any number of `data`, then
`end` or `error`. Each is reported at once.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import h11

from runnable.inmemory.messages import HttpEvent
from runnable.inmemory.network.transport import MemoryTransport

Headers = Sequence[tuple[str, str]]
OnEvent = Callable[[HttpEvent], None]

# A request target may hold any character of RFC 3986, and what is not one is percent-encoded as
# UTF-8, as the WHATWG URL standard does. "%" stays, so that "%zz" reaches the server as it was
# typed.
TARGET_CHARACTERS = "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~"
LONGEST_HEAD = 1024 * 1024  # bytes; h11 gives up at 16 KiB, servers may send more
# A client that keeps all of an answer must not keep one without end.
MOST_BYTES = 32 * 1024 * 1024
MOST_PIECES = 20_000
CONTINUE_TIMEOUT = 1.0  # seconds to wait for "100 Continue", as curl does
ANSWER_CUT = "The server closed the connection before its answer was complete."
NO_ANSWER = "The server closed the connection without an answer."
TOO_LONG = f"The client left: it keeps {MOST_BYTES // 1024**2} MiB of an answer, and no more."
TOO_MANY = f"The client left: it keeps {MOST_PIECES} pieces of an answer, and no more."


def left_after(pieces: int) -> str:
    """The message of the error event, where the client did not wait for the whole answer."""
    return f"The client left after {pieces} piece{'s'[: pieces != 1]} of the answer."


def encode_target(path: str) -> str:
    """The request target for a path as typed: spaces and non-ASCII characters percent-encoded."""
    return quote(path.partition("#")[0] or "/", safe=TARGET_CHARACTERS)


def own_and_usual_headers(own: Headers, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """A client's usual headers (and `more`), unless the request has its own; then its own."""
    given = {name.lower() for name, _ in own}
    usual = [*more, ("User-Agent", "runnable"), ("Accept", "*/*")]
    return [pair for pair in usual if pair[0].lower() not in given] + list(own)


def request_headers(authority: str, own: Headers, body: bytes | None) -> list[tuple[str, str]]:
    """The headers that are sent: with the host's name and the body's length."""
    headers = own_and_usual_headers(own, ("Host", authority))
    given = {name.lower() for name, _ in own}
    if body is not None and not given & {"content-length", "transfer-encoding"}:
        headers.append(("Content-Length", str(len(body))))
    return headers


@dataclass
class HttpRequest:
    """A request as it is to be sent.

    Attributes:
        method: The method.
        path: The target as typed.
        headers: Are sent beside the usual ones.
        body: The body, or None for none.
        leave_after: The client leaves after so many pieces of the body; 0: it stays.
    """

    method: str
    path: str
    headers: Headers = ()
    body: bytes | None = None
    leave_after: int = 0


def request_head(request: HttpRequest, authority: str) -> h11.Request:
    """The head that is sent.

    Raises:
        h11.LocalProtocolError: for a method or header that is not HTTP.
    """
    return h11.Request(
        method=request.method,
        target=encode_target(request.path),
        headers=[  # as bytes: of a text, h11 takes ASCII only
            (name.encode("latin-1"), value.encode("latin-1"))
            for name, value in request_headers(authority, request.headers, request.body)
        ],
    )


class HttpExchange(asyncio.Protocol):
    """A request on a connection of its own and its answer, whatever the version of HTTP."""

    def __init__(self, on_event: OnEvent, leave_after: int = 0) -> None:
        """`on_event` is called with a dict each time: `head`, `data`, `end`, or `error`."""
        self._on_event = on_event
        self._pieces, self._leave_after = 0, leave_after
        self._raw = bytearray()
        self._begun = False  # whether any of the answer has come
        self._over = False
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def eof_received(self) -> bool:
        self._cut()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._cut()

    def abort(self) -> None:
        """The client goes away."""
        self._over = True
        self._transport.abort()
        self._finish()

    def _handle_piece(self, data: bytes) -> None:
        """Report a piece of the body; leave if it is the last that the client waits for.

        It leaves inside the server's `write()`: while a server blocks, nothing else runs until it
        has answered.
        """
        self._on_event({"type": "data", "data": data})
        self._pieces += 1
        if self._pieces == self._leave_after:
            self._leave(left_after(self._pieces))
        elif self._pieces == MOST_PIECES:
            self._leave(TOO_MANY)

    def _keep(self, data: bytes) -> bool:
        """Keep bytes of the answer; or leave, where they are too many."""
        if len(self._raw) + len(data) > MOST_BYTES:
            self._leave(TOO_LONG)
            return False
        self._raw += data
        return True

    def _leave(self, message: str) -> None:
        self._on_event({"type": "error", "message": message})
        self.abort()

    def _end(self) -> None:
        self._over = True
        self._on_event({"type": "end", "raw": bytes(self._raw)})
        self._transport.close()
        self._finish()

    def _cut(self) -> None:
        if not self._over:
            self._fail(ANSWER_CUT if self._begun else NO_ANSWER)

    def _fail(self, message: str) -> None:
        self._over = True
        self._on_event({"type": "error", "message": message})
        self._transport.close()
        self._finish()

    def _finish(self) -> None:
        if not self.finished.done():
            self.finished.set_result(None)


class HttpClient(HttpExchange):
    """Sends one request by HTTP/1.1, reports the answer as it arrives, then closes."""

    def __init__(self, request: HttpRequest, authority: str, on_event: OnEvent) -> None:
        """`on_event` is called with a dict each time: `head`, `data`, `end`, or `error`."""
        super().__init__(on_event, request.leave_after)
        self._request = request
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        self._piece = bytearray()
        self._head = request_head(request, authority)
        self._body_held = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the request: its head, and its body unless that waits for "100 Continue"."""
        super().connection_made(transport)
        head = self._http.send(self._head)
        assert head is not None
        if self._http.client_is_waiting_for_100_continue:
            self._body_held = True
            self._transport.write(head)
            # RFC 9110, section 10.1.1: a client that gets no "100 Continue" must not wait for ever.
            asyncio.get_running_loop().call_later(CONTINUE_TIMEOUT, self._send_held_body)
            if isinstance(transport, MemoryTransport):
                transport.call_when_peer_waits(self._send_held_body)
        else:
            self._transport.write(head + self._body())

    def _body(self) -> bytes:
        body = self._http.send(h11.Data(data=self._request.body)) if self._request.body else b""
        return (body or b"") + (self._http.send(h11.EndOfMessage()) or b"")

    def _send_held_body(self) -> None:
        if self._body_held and not self._over:
            self._body_held = False
            self._transport.write(self._body())

    def data_received(self, data: bytes) -> None:
        if self._over or not self._keep(data):
            return
        self._begun = True
        try:
            self._http.receive_data(data)
            self._handle_events()
        except h11.RemoteProtocolError as error:
            self._fail(f"The server's answer is not HTTP: {error}")

    def eof_received(self) -> bool:
        """The server has sent all: an answer without a length ends here."""
        if not self._over:
            try:
                self._http.receive_data(b"")
                self._handle_events()
            except h11.RemoteProtocolError:
                pass
        return super().eof_received()

    def _handle_events(self) -> None:
        while not self._over:
            event = self._http.next_event()
            if event is h11.NEED_DATA or event is h11.PAUSED:
                return
            if isinstance(event, h11.InformationalResponse):
                if event.status_code == 100:
                    self._send_held_body()
                elif event.status_code == 101:
                    self._fail("The server switched protocols: this request asked for an upgrade.")
            elif isinstance(event, h11.Response):
                self._handle_head(event)
            elif isinstance(event, h11.Data):
                self._handle_data(event)
            else:  # EndOfMessage, or the connection's end after it
                self._end()

    def _handle_head(self, response: h11.Response) -> None:
        version, reason = response.http_version.decode(), response.reason.decode("latin-1")
        self._on_event(
            {
                "type": "head",
                "startLine": f"HTTP/{version} {response.status_code} {reason}".rstrip(),
                "status": response.status_code,
                "reason": reason,
                "headers": [
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in response.headers.raw_items()
                ],
            }
        )

    def _handle_data(self, event: h11.Data) -> None:
        # A chunk is one piece, in however many writes it came; without chunks a write is one.
        chunked = event.chunk_start or bool(self._piece)
        self._piece += event.data
        if self._piece and (event.chunk_end or not chunked):
            piece = bytes(self._piece)
            self._piece.clear()
            self._handle_piece(piece)
