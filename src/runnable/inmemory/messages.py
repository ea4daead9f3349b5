"""The messages between the page and a session, and the events of the session's clients.

src/page/shared/messages.d.ts describes the same for the page. A test holds names, keys and types
of both together. What is None here is undefined there.
"""

from typing import Literal, TypedDict

type Header = tuple[str, str]
type Protocol = Literal["HTTP/1.1", "HTTP/2"]


# From the page to the session


class RunMessage(TypedDict):
    """Run a program under a server, in place of the one that runs."""

    type: Literal["run"]
    source: str
    module: str
    path: str
    app: str
    server: str


class StopMessage(TypedDict):
    """Stop the server."""

    type: Literal["stop"]


class RequestMessage(TypedDict):
    """Send a request on a connection of its own; `id` is the page's name for it.

    The client leaves after `leaveAfter` pieces of the answer's body; 0: it stays.
    """

    type: Literal["request"]
    id: int
    method: str
    path: str
    headers: list[Header]
    body: bytes | None
    protocol: Protocol
    leaveAfter: int


class WebSocketMessage(TypedDict):
    """Open a WebSocket; `id` is the page's name for it."""

    type: Literal["websocket"]
    id: int
    path: str
    headers: list[Header]
    subprotocols: list[str]


class SendMessage(TypedDict):
    """Send a message by a WebSocket."""

    type: Literal["send"]
    id: int
    data: str | bytes


class SendPingMessage(TypedDict):
    """Send a Ping by a WebSocket."""

    type: Literal["sendping"]
    id: int
    payload: str


class CloseMessage(TypedDict):
    """Begin a WebSocket's closing handshake."""

    type: Literal["close"]
    id: int
    code: int
    reason: str


class AbortMessage(TypedDict):
    """End a request's or WebSocket's connection at once."""

    type: Literal["abort"]
    id: int


class WatchMessage(TypedDict):
    """Post what is recorded, from what is kept on; or no more of it."""

    type: Literal["watch"]
    on: bool


type ToSession = (
    RunMessage
    | StopMessage
    | RequestMessage
    | WebSocketMessage
    | SendMessage
    | SendPingMessage
    | CloseMessage
    | AbortMessage
    | WatchMessage
)


# What a client receives from its server


class HeadEvent(TypedDict):
    """An answer's start line, as the server wrote it, and headers; HTTP/2 has no start line."""

    type: Literal["head"]
    startLine: str
    status: int
    reason: str
    headers: list[Header]


class DataEvent(TypedDict):
    """A piece of an answer's body."""

    type: Literal["data"]
    data: bytes


class EndEvent(TypedDict):
    """The end of an answer, with all its bytes as on the wire."""

    type: Literal["end"]
    raw: bytes


class OpenEvent(TypedDict):
    """A WebSocket is open."""

    type: Literal["open"]
    subprotocol: str | None


class ReceivedEvent(TypedDict):
    """A message by a WebSocket."""

    type: Literal["message"]
    data: str | bytes


class PongEvent(TypedDict):
    """The server's Pong, to a Ping."""

    type: Literal["pong"]
    payload: str


class ClosedEvent(TypedDict):
    """A WebSocket is closed."""

    type: Literal["closed"]
    code: int
    reason: str


class ErrorEvent(TypedDict):
    """No answer, or no more of it."""

    type: Literal["error"]
    message: str


type HttpEvent = HeadEvent | DataEvent | EndEvent | ErrorEvent
type WebSocketEvent = (
    OpenEvent | ReceivedEvent | PongEvent | ClosedEvent | HeadEvent | DataEvent | ErrorEvent
)
type ClientEvent = HttpEvent | WebSocketEvent


# From the session to the page


class ReadyMessage(TypedDict):
    """The server accepts connections."""

    type: Literal["ready"]


class FailedMessage(TypedDict):
    """The server did not start."""

    type: Literal["failed"]
    message: str


class StoppingMessage(TypedDict):
    """The session has read that it is to stop the server: the program does not block it."""

    type: Literal["stopping"]


class StoppedMessage(TypedDict):
    """The server has stopped."""

    type: Literal["stopped"]


class LogMessage(TypedDict):
    """A text that the program printed or the server logged."""

    type: Literal["log"]
    text: str


class EventMessage(TypedDict):
    """What the client of a request or WebSocket received."""

    type: Literal["event"]
    id: int
    event: ClientEvent


class RecordedMessage(TypedDict):
    """What was recorded: JSON of a list of entries, as recording/entries.py describes them.

    `at` in them is added to `began`, in milliseconds since 1970. So many entries are `missing`
    before the first: they were too many.
    """

    type: Literal["recorded"]
    entries: str
    began: int
    missing: int


type FromSession = (
    ReadyMessage
    | FailedMessage
    | StoppingMessage
    | StoppedMessage
    | LogMessage
    | EventMessage
    | RecordedMessage
)
