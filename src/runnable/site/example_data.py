"""The data that a fence writes as JSON for its `<runnable-example>`, or `<request-race>`.

src/page/shared/example-data.d.ts describes the same for the page. A test holds both together.
"""

from typing import TypedDict

type Header = tuple[str, str]


class RequestPreset(TypedDict):
    """A request of the contract.

    `count` of them are sent at once. The client leaves after `leaveAfter` pieces of the answer's
    body; 0: it stays.
    """

    name: str
    method: str
    path: str
    headers: list[Header]
    body: str | None
    count: int
    leaveAfter: int


class WebSocketPreset(TypedDict):
    """A WebSocket of the contract, with the messages that are sent once it is open."""

    name: str
    path: str
    subprotocols: list[str]
    messages: list[str]


class ServerData(TypedDict):
    """A server that may run the example."""

    name: str
    title: str
    summary: str
    packages: list[str]  # beyond the example's, by distribution name
    install: list[str]  # the commands that install the example's packages and it
    command: str  # what starts it outside the page
    http2: bool  # whether it can be sent requests by HTTP/2


class ExampleData(TypedDict):
    """An example: its source, the servers that may run it (its own first), and its presets."""

    source: str
    module: str
    app: str
    packages: list[str]  # what it requires, by distribution name
    servers: list[ServerData]
    requests: list[RequestPreset]
    websockets: list[WebSocketPreset]


# When a request's connection was made, when the application was called, when it had returned, and
# when the answer was complete: in milliseconds since all were sent.
type RecordedRequest = tuple[float, float, float, float]


class RecordedRuns(TypedDict):
    """What a real server did with the same requests: a run for each number of them."""

    title: str
    runs: list[list[RecordedRequest]]


class RacerData(TypedDict):
    """One of a race: an example on one of its servers, with so many workers."""

    title: str
    path: str  # below examples/
    source: str
    module: str
    app: str
    server: str
    workers: int
    packages: list[str]  # the example's and the server's, by distribution name


class RaceData(TypedDict):
    """A race: what is sent, to whom, and what to show beside it."""

    request: RequestPreset
    racers: list[RacerData]
    recorded: RecordedRuns | None
