"""Contracts: the requests to send to an example, and the answers expected.

Each folder of examples has one, its `requests.toml`. Every driver (in memory, on
a socket, in a browser) judges the answers that it got with `check`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

type Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Response:
    """What is expected of an answer.

    Attributes:
        status: The status code.
        headers: Names (in any case) and values that must be among the answer's.
        body: The whole body, where one is stated (joined chunks included).
        chunks: The pieces in which the body is sent, where they matter.
        json: The body as JSON, where that is how it is stated.
        spread: Seconds between the first and the last piece of the body.
        cookies: Names and values that must be set, with whatever attributes.
    """

    status: int
    headers: Headers = ()
    body: bytes | None = None
    chunks: tuple[bytes, ...] = ()
    json: Any = None
    spread: float = 0.0
    cookies: Headers = ()


@dataclass(frozen=True)
class Request:
    """A request, sent `count` times at once, and the answer expected of each.

    Attributes:
        name: Its name, unique in the contract.
        response: What is expected of each answer.
        method: The method.
        path: The target: path, and query if any.
        headers: The headers, beside those that every client sends.
        body: The body, or None for none.
        count: How many are sent at once.
        work: Seconds that one takes, where `count` is more than 1.
        overlaps: By module: whether the work of simultaneous requests overlaps.
    """

    name: str
    response: Response
    method: str
    path: str
    headers: Headers
    body: bytes | None
    count: int
    work: float
    overlaps: Mapping[str, bool]


@dataclass(frozen=True)
class Step:
    """One step of a WebSocket exchange, as seen by the client.

    `send` and `receive` carry a text; `close` (the client closes) and `closed`
    (the server has closed) carry the close code.
    """

    action: Literal["send", "receive", "close", "closed"]
    value: str | int


@dataclass(frozen=True)
class WebSocketExchange:
    """A WebSocket connection, and what passes over it.

    Attributes:
        name: Its name, unique in the contract.
        path: The target.
        subprotocols: What the client offers.
        subprotocol: What the server must choose, or None.
        steps: What is said, in order.
    """

    name: str
    path: str
    subprotocols: tuple[str, ...]
    subprotocol: str | None
    steps: tuple[Step, ...]

    def events(self) -> list[tuple[str, str | int | None]]:
        """Give what the client must see: accepted, each message, closed."""
        kinds = {"receive": "message", "close": "closed", "closed": "closed"}
        seen = [step for step in self.steps if step.action in kinds]
        return [
            ("accepted", self.subprotocol),
            *((kinds[step.action], step.value) for step in seen),
        ]


@dataclass(frozen=True)
class Contract:
    """What every example of one folder answers."""

    requests: tuple[Request, ...]
    websockets: tuple[WebSocketExchange, ...]


def check(
    response: Response,
    status: int,
    headers: Sequence[tuple[str, str]],
    body: bytes,
    pieces: Sequence[tuple[float, bytes]],
) -> list[str]:
    """Compare an answer with what the contract states.

    Args:
        response: What is expected.
        status: The answer's status code.
        headers: Its headers, names in any case.
        body: Its body, without any transfer coding.
        pieces: The same body as it arrived: seconds on any clock, and bytes.

    Returns:
        Complaints in plain words, empty where the answer is as stated.
    """
    complaints = []
    if status != response.status:
        complaints.append(f"status is {status}, not {response.status}")
    have = [(name.lower(), value) for name, value in headers]
    for name, value in response.headers:
        if (name.lower(), value) not in have:
            complaints.append(f"no header {name}: {value} among {have}")
    found_cookies = [value.partition(";")[0] for name, value in have if name == "set-cookie"]
    for name, value in response.cookies:
        if f"{name}={value}" not in found_cookies:
            complaints.append(f"no cookie {name}={value} among {found_cookies}")
    if response.body is not None and body != response.body:
        complaints.append(f"body is {body!r}, not {response.body!r}")
    if response.json is not None:
        try:
            found = json.loads(body)
        except ValueError:
            complaints.append(f"body {body!r} is not JSON")
        else:
            if found != response.json:
                complaints.append(f"JSON is {found!r}, not {response.json!r}")
    spread = pieces[-1][0] - pieces[0][0] if pieces else 0.0
    if spread < response.spread / 2:
        complaints.append(f"body arrived within {spread:.2f} s, not over {response.spread:.2f} s")
    return complaints


def check_overlap(request: Request, module: str, seconds: float) -> list[str]:
    """Compare the time that simultaneous requests took with what is stated.

    Only the order of magnitude counts: work that overlaps takes less than half
    of the time that it would take in turn; work in turn, most of that time.

    Args:
        request: The request, sent `count` times at once.
        module: The example's module, the key in `overlaps`.
        seconds: From the first request sent to the last answer's end.

    Returns:
        Complaints in plain words, empty where the time is as stated.
    """
    overlaps = request.overlaps.get(module)
    serial = request.count * request.work
    took = f"{request.count} requests of {request.work} s took {seconds:.2f} s"
    if overlaps is True and seconds >= 0.5 * serial:
        return [f"{took}: they did not overlap"]
    if overlaps is False and seconds <= 0.9 * serial:
        return [f"{took}: they overlapped"]
    return []
