"""The data that a fence writes as JSON for its `<runnable-example>`.

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
