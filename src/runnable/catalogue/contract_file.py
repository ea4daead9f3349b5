"""Reads a contract from its file, `requests.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from runnable.catalogue.contract import (
    Contract,
    ExpectedResponse,
    Headers,
    Mistake,
    Request,
    Step,
    WebSocketExchange,
)
from runnable.catalogue.toml_tables import ExampleError, Table, parse_toml


def load_contract(path: Path) -> Contract:
    """Read a `requests.toml`.

    Raises:
        ExampleError: In one line, the file, what is wrong in it, and what to change.
    """
    if not path.is_file():
        raise ExampleError(f"{path}: missing; write the folder's contract there")
    table = Table(parse_toml(path.read_text("utf-8"), str(path)), str(path))
    requests = [_request(entry) for entry in table.tables("request", named=True)]
    websockets = [_websocket(entry) for entry in table.tables("websocket", named=True)]
    entries = Table(table.get("mistake", dict, {}), f"{path}: mistake")
    mistakes = {module: _mistake(entries.table(module)) for module in entries.values}
    table.end()
    names = [entry.name for entry in requests] + [entry.name for entry in websockets]
    if not names:
        raise ExampleError(f"{path}: empty; add a [[request]] or a [[websocket]]")
    for name in names:
        if names.count(name) > 1:
            raise ExampleError(f"{path}: the name {name!r} comes twice; rename one")
    return Contract(tuple(requests), tuple(websockets), mistakes)


def _request(table: Table) -> Request:
    body = table.get("body", str, None)
    request = Request(
        name=table.get("name", str),
        response=_expected_response(table.table("response")),
        method=table.get("method", str, "GET"),
        path=_path(table),
        headers=_pairs(table),
        body=None if body is None else body.encode(),
        count=table.get("count", int, 1),
        work=table.get("work", float, 0.0),
        overlaps=_overlaps(table),
        modules=table.texts("modules"),
        leave_after=table.get("leave_after", int, 0),
        logged=table.get("logged", str, ""),
    )
    table.end()
    if request.count < 1:
        raise table.error(f"count must be 1 or more, not {request.count}")
    if request.overlaps and (request.count < 2 or request.work <= 0):
        raise table.error("overlaps needs count = 2 or more, and work in seconds")
    if request.leave_after and request.response.error is None:
        raise table.error("leave_after needs response.error: what the client says when it leaves")
    return request


def _overlaps(table: Table) -> dict[str, bool | Literal["in threads"]]:
    found: dict[str, bool | Literal["in threads"]] = {}
    for module, value in table.get("overlaps", dict, {}).items():
        if value is not True and value is not False and value != "in threads":
            raise table.error(
                f'overlaps: {module} must be true, false or "in threads", not {value!r}'
            )
        found[module] = value
    return found


def _mistake(table: Table) -> Mistake:
    mistake = Mistake(table.get("breaks", str), table.mapping("log", str))
    table.end()
    return mistake


def _expected_response(table: Table) -> ExpectedResponse:
    stated = [key for key in ("body", "chunks", "json") if key in table.values]
    if len(stated) > 1:
        raise table.error(f"has {' and '.join(stated)}; state the body once")
    chunks = tuple(chunk.encode() for chunk in table.texts("chunks"))
    body = table.get("body", str, None)
    error = table.get("error", str, None)
    if error is not None and len(table.values) > 1:
        raise table.error("error stands alone: there is no whole answer to state")
    expected = ExpectedResponse(
        status=table.get("status", int) if error is None else None,
        headers=tuple(table.mapping("headers", str).items()),
        cookies=tuple(table.mapping("cookies", str).items()),
        body=b"".join(chunks) if chunks else None if body is None else body.encode(),
        chunks=chunks,
        json=table.values.get("json"),
        spread=table.get("spread", float, 0.0),
        error=error,
        header_names=table.texts("header_names"),
    )
    table.end("json")
    if expected.spread and len(chunks) < 2:
        raise table.error("spread needs chunks, two or more")
    return expected


def _websocket(table: Table) -> WebSocketExchange:
    exchange = WebSocketExchange(
        name=table.get("name", str),
        path=_path(table),
        subprotocols=table.texts("subprotocols"),
        subprotocol=table.get("subprotocol", str, None),
        steps=tuple(_step(entry) for entry in table.tables("steps")),
        modules=table.texts("modules"),
    )
    table.end()
    if not exchange.steps or exchange.steps[-1].action not in {"close", "closed"}:
        raise table.error("steps must end with { close = 1000 } or { closed = 1000 }")
    return exchange


def _step(table: Table) -> Step:
    match [*table.values.items()]:
        case [(("send" | "receive") as action, str(text))]:
            return Step(action, text)
        case [(("close" | "closed") as action, int(code))]:
            return Step(action, code)
    raise table.error(
        "must be one of { send = text }, { receive = text }, { close = code }, { closed = code }"
    )


def _path(table: Table) -> str:
    path = table.get("path", str)
    if not path.startswith("/"):
        raise table.error(f"path {path!r} must start with '/'")
    return path


def _pairs(table: Table) -> Headers:
    pairs = table.get("headers", list, [])
    for pair in pairs:
        if not (isinstance(pair, list) and [type(part) for part in pair] == [str, str]):
            raise table.error('headers must be pairs of texts: [["Accept", "text/plain"]]')
    return tuple((name, value) for name, value in pairs)
