"""A client's connection over HTTP/2 (RFC 9113), by the library h2."""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Self

import wsproto
from h2 import events
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.exceptions import ProtocolError
from wsproto.events import TextMessage

from helpers.capabilities.features import client_context
from helpers.patience import PATIENCE
from runnable.catalogue.servers import HOST
from runnable.harness.processes import RunningServer

Headers = dict[str, str]


@dataclass
class Answer:
    """An answer, as it came.

    Attributes:
        status: Its status; 0 where none came.
        interim: The headers of the answers before it, such as 103.
        body: Its body.
        trailers: What came after the body.
        pushed: The paths of the requests that the server promises to answer unasked.
        end: How it ended: complete, by a connection cut or a stream reset, or not in time.
    """

    status: int = 0
    interim: list[Headers] = field(default_factory=list)
    body: bytes = b""
    trailers: Headers = field(default_factory=dict)
    pushed: list[str] = field(default_factory=list)
    end: Literal["", "complete", "cut", "late"] = ""

    def __str__(self) -> str:
        """The answer in short, for a line of evidence."""
        if self.status:
            return f"status {self.status}"
        return "no answer" if self.end == "late" else "connection closed"


type Enough = Callable[[Answer], bool]  # whether what came will do


def never(_: Answer) -> bool:
    """Read an answer to its end."""
    return False


class Http2Connection:
    """A connection that both sides take for one of HTTP/2."""

    def __init__(self, connected: socket.socket) -> None:
        self.socket = connected
        self.h2 = H2Connection(H2Configuration(header_encoding="utf-8"))
        self.scheme = "https" if isinstance(connected, ssl.SSLSocket) else "http"
        connected.settimeout(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def flush(self) -> None:
        """Send what h2 has made."""
        self.socket.sendall(self.h2.data_to_send())

    def get(self, path: str, *headers: tuple[str, str], enough: Enough = never) -> Answer:
        """Send a request, and read its answer."""
        stream = self.h2.get_next_available_stream_id()
        pseudo = [(":method", "GET"), (":scheme", self.scheme), (":path", path)]
        head = [*pseudo, (":authority", "localhost"), *headers]
        self.h2.send_headers(stream, head, end_stream=True)
        return self.answer(stream, enough)

    def answer(self, stream: int, enough: Enough = never) -> Answer:
        """Read the answer on a stream, to its end or until it is enough."""
        answer = Answer()
        try:
            while not answer.end and not enough(answer):
                self.flush()
                data = self.socket.recv(65536)
                for event in self.h2.receive_data(data):
                    self._note(event, stream, answer)
                if not data:
                    answer.end = "cut"
        except TimeoutError:
            answer.end = "late"
        except (OSError, ProtocolError):
            answer.end = "cut"
        return answer

    def _note(self, event: events.Event, stream: int, answer: Answer) -> None:
        match event:
            case events.PushedStreamReceived():
                answer.pushed.append(dict(event.headers)[":path"])
            case events.ConnectionTerminated():
                answer.end = "cut"
            case events.DataReceived():
                self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                if event.stream_id == stream:
                    answer.body += event.data
            case _ if getattr(event, "stream_id", None) != stream:
                pass
            case events.InformationalResponseReceived():
                answer.interim.append(dict(event.headers))
            case events.ResponseReceived():
                answer.status = int(dict(event.headers)[":status"])
            case events.TrailersReceived():
                answer.trailers = dict(event.headers)
            case events.StreamEnded():
                answer.end = "complete"
            case events.StreamReset():
                answer.end = "cut"


def over_tls(running: RunningServer) -> tuple[str | None, Http2Connection]:
    """Connect over TLS; give the protocol that the server chose by ALPN, too."""
    plain = socket.create_connection((HOST, running.port), PATIENCE)
    context = client_context("h2", "http/1.1")
    secure = context.wrap_socket(plain, server_hostname="localhost")
    return secure.selected_alpn_protocol(), begun(secure)


def begun(connected: socket.socket) -> Http2Connection:
    """Give a connection whose first flush opens HTTP/2."""
    connection = Http2Connection(connected)
    connection.h2.initiate_connection()
    return connection


def by_prior_knowledge(running: RunningServer) -> Answer:
    """Speak HTTP/2 at once, without TLS."""
    with begun(socket.create_connection((HOST, running.port), PATIENCE)) as connection:
        return connection.get("/")


def by_upgrade(running: RunningServer) -> tuple[str, Answer]:
    """Ask for HTTP/2 in a request of HTTP/1.1; give that one's status line, and the answer."""
    with Http2Connection(socket.create_connection((HOST, running.port), PATIENCE)) as connection:
        settings = connection.h2.initiate_upgrade_connection().decode()
        lines = (
            "GET / HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            f"HTTP2-Settings: {settings}",
        )
        connection.socket.sendall("\r\n".join((*lines, "", "")).encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):  # what follows is HTTP/2, if it is
            byte = connection.socket.recv(1)
            if not byte:
                break
            head += byte
        status = head.partition(b"\r\n")[0].decode().strip()
        if status.split()[1:2] != ["101"]:
            return status, Answer(end="cut")
        return status, connection.answer(1)


def echo(http2: Http2Connection, text: str) -> str:
    """Open a WebSocket on a stream (RFC 8441), send a text, and give what comes back."""
    stream = http2.h2.get_next_available_stream_id()
    pseudo = [(":method", "CONNECT"), (":protocol", "websocket"), (":scheme", http2.scheme)]
    head = [*pseudo, (":path", "/websocket"), (":authority", "localhost")]
    http2.h2.send_headers(stream, [*head, ("sec-websocket-version", "13")])
    frames = wsproto.Connection(wsproto.ConnectionType.CLIENT)
    http2.h2.send_data(stream, frames.send(TextMessage(data=text)))
    answer = http2.answer(stream, lambda answer: len(answer.body) > 2)
    frames.receive_data(answer.body)
    said = "".join(event.data for event in frames.events() if isinstance(event, TextMessage))
    return said or str(answer)
