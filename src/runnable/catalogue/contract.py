"""Contracts: the requests to send to an example, and the answers expected.

Each folder of examples has one, its `requests.toml`. Every driver (in memory, on
a socket, in a browser) judges the answers that it got with `check`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Literal

type Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExpectedResponse:
    """What is expected of an answer.

    Attributes:
        status: The status code, or None where the answer is no whole one.
        headers: Names (in any case) and values that must be among the answer's.
        body: The whole body, where one is stated (joined chunks included).
        chunks: The pieces in which the body is sent, where they matter.
        json: The body as JSON, where that is how it is stated.
        spread: Seconds between the first and the last piece of the body.
        cookies: Names and values that must be set, with whatever attributes.
        error: What the client says of an answer that is no whole one.
        header_names: Headers (in any case) that must be there, whatever their values.
    """

    status: int | None
    headers: Headers = ()
    body: bytes | None = None
    chunks: tuple[bytes, ...] = ()
    json: Any = None
    spread: float = 0.0
    cookies: Headers = ()
    error: str | None = None
    header_names: tuple[str, ...] = ()


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
        overlaps: By module: whether the work of simultaneous requests overlaps, or
            "in threads": where there are threads.
        modules: The examples that it is for; for all of the folder where there are none.
        leave_after: The client leaves after so many pieces of the body; 0: it stays.
        logged: What the log says in consequence, it may be after the answer.
    """

    name: str
    response: ExpectedResponse
    method: str
    path: str
    headers: Headers
    body: bytes | None
    count: int
    work: float
    overlaps: Mapping[str, bool | Literal["in threads"]]
    modules: tuple[str, ...]
    leave_after: int = 0
    logged: str = ""


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
        modules: The examples that it is for; for all of the folder where there are none.
    """

    name: str
    path: str
    subprotocols: tuple[str, ...]
    subprotocol: str | None
    steps: tuple[Step, ...]
    modules: tuple[str, ...]

    def events(self) -> list[tuple[str, str | int | None]]:
        """Give what the client must see: accepted, each message, closed."""
        kinds = {"receive": "message", "close": "closed", "closed": "closed"}
        seen = [step for step in self.steps if step.action in kinds]
        return [
            ("accepted", self.subprotocol),
            *((kinds[step.action], step.value) for step in seen),
        ]


@dataclass(frozen=True)
class Mistake:
    """What an example does wrong on purpose: it shows what then happens.

    Attributes:
        breaks: The rule that it breaks, which is why no test holds it to that rule.
        log: By server: a text that must stand in its log, or "" where it says nothing.
    """

    breaks: str
    log: Mapping[str, str]


@dataclass(frozen=True)
class Contract:
    """What the examples of one folder answer.

    Attributes:
        requests: The requests, in order.
        websockets: The WebSockets, in order.
        mistakes: By module: what it does wrong on purpose.
    """

    requests: tuple[Request, ...]
    websockets: tuple[WebSocketExchange, ...]
    mistakes: Mapping[str, Mistake]

    def of(self, module: str) -> Contract:
        """Give the part of it that is one example's."""
        return Contract(
            tuple(entry for entry in self.requests if module in (entry.modules or [module])),
            tuple(entry for entry in self.websockets if module in (entry.modules or [module])),
            {name: mistake for name, mistake in self.mistakes.items() if name == module},
        )


def check(
    response: ExpectedResponse,
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
    names = {name for name, _ in have}
    for name in response.header_names:
        if name.lower() not in names:
            complaints.append(f"no header {name} among {have}")
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


def check_log(mistake: Mistake | None, server: str, log: str) -> list[str]:
    """Compare what a server logged with what is stated.

    Args:
        mistake: What the example does wrong on purpose, if anything.
        server: The server's name.
        log: All that it logged.

    Returns:
        Complaints in plain words, empty where the log is as stated.
    """
    expected = mistake.log.get(server, "") if mistake else ""
    if expected and expected not in log:
        return [f"the log has no {expected!r}: {log}"]
    if not expected and "Traceback" in log:
        return [f"there is a traceback in the log: {log}"]
    return []


def check_overlap(
    request: Request, module: str, ends: Sequence[float], *, threads: bool = True
) -> list[str]:
    """Compare whether the work of simultaneous requests overlapped with what is stated.

    A busy machine makes every answer later, but does not change the verdict. In turn, the last
    answer cannot come before all work is done. And between the end of one answer and the end of
    the next lies the work of one: where half of them come closer together, they overlapped.

    Args:
        request: The request, sent `count` times at once.
        module: The example's module, the key in `overlaps`.
        ends: When each answer ended, in seconds after the first request was sent.
        threads: Whether there are threads, which a browser has not.

    Returns:
        Complaints in plain words, empty where it is as stated.
    """
    overlaps = request.overlaps.get(module)
    if overlaps == "in threads":
        overlaps = threads
    if overlaps is None:
        return []
    ordered = sorted(ends)
    between = median(later - earlier for earlier, later in pairwise(ordered))
    in_turn = ordered[-1] >= 0.9 * request.count * request.work
    if overlaps and in_turn and between >= request.work / 2:
        verdict = "did not overlap"
    elif not overlaps and not in_turn:
        verdict = "overlapped"
    else:
        return []
    said = f"{request.count} requests of {request.work} s ended within {ordered[-1]:.2f} s"
    return [f"{said}, one {between:.2f} s after the other: they {verdict}"]
