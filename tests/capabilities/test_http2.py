"""Which servers speak HTTP/2, and how it begins: over TLS, by prior knowledge, by upgrade."""

import json
from collections.abc import Iterator
from typing import TypeIs

import pytest
from helpers.capabilities.expectations import Record, Value
from helpers.capabilities.http2_connection import (
    Http2Connection,
    by_prior_knowledge,
    by_upgrade,
    echo,
    over_tls,
)
from helpers.capabilities.keeper import Keeper
from helpers.capabilities.measuring import options, wait_for_line, ways

from runnable.catalogue.servers import ServerSpec

NOT_DECLARED = "not in scope['extensions']"
NO_HTTP2 = "no HTTP/2 over TLS"


def best(seen: dict[tuple[str, ...], tuple[bool, str]], server: ServerSpec) -> tuple[Value, str]:
    """The value, and all that was seen: as given first, then with an option more."""
    (_, (spoken, evidence)), *more = sorted(seen.items())  # the fewest options first
    value: Value = "yes" if spoken else "no"
    for features, (spoken, told) in more:
        evidence += f"; {told} with {options(server, features[-1])}"
        value = "partly" if spoken and value == "no" else value
    return value, evidence


def test_http2_over_tls(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    if "https" not in server.features:
        record("no", "its command takes no certificate")
        return
    seen = {}
    for features in ways(server, "https", more="http2"):
        protocol, connection = over_tls(keeper.boot(server, *features))
        with connection:
            evidence, spoken = f"ALPN: {protocol or 'nothing'}", False
            if protocol == "h2":
                answer = connection.get("/")
                spoken = answer.body == b"hello"
                evidence += f", {answer}"
        seen[features] = spoken, evidence
    record(*best(seen, server))


@pytest.fixture
def http2(server: ServerSpec, keeper: Keeper) -> Iterator[Http2Connection | None]:
    """A connection of HTTP/2 over TLS; none where the server does not speak it."""
    if "https" not in server.features:
        yield None
        return
    features = ways(server, "https", more="http2")[-1]
    protocol, connection = over_tls(keeper.boot(server, *features))
    with connection:
        yield connection if protocol == "h2" else None


def over_http2(works: object, server: ServerSpec) -> Value:
    """The value of what works over HTTP/2: with an option only, where HTTP/2 takes one."""
    return "no" if not works else "partly" if options(server, "http2") else "yes"


def declared(
    http2: Http2Connection | None, extension: str, record: Record
) -> TypeIs[Http2Connection]:
    """Whether the server tells the application of an extension, as it has to; record it if not."""
    if http2 is None:
        record("no", NO_HTTP2)
        return False
    found: list[str] = json.loads(http2.get("/scope").body)["extensions"]
    if extension not in found:
        record("no", NOT_DECLARED)
        return False
    return True


def test_send_after_disconnect_over_http2(
    http2: Http2Connection | None, server: ServerSpec, keeper: Keeper, record: Record
) -> None:
    if http2 is None:
        record("no", NO_HTTP2)
        return
    running = keeper.boot(server, *ways(server, "https", more="http2")[-1])
    answer = http2.get("/disconnect", enough=lambda answer: answer.body == b"begun")
    assert not answer.end, answer
    http2.socket.close()
    raised = wait_for_line(running, "told /send ")
    assert raised
    record(over_http2(raised.endswith(", OSError"), server), f"send raised {raised}")


def test_trailers_over_http2(
    http2: Http2Connection | None, server: ServerSpec, record: Record
) -> None:
    if not declared(http2, "http.response.trailers", record):
        return
    answer = http2.get("/trailers", ("te", "trailers"))
    assert answer.body == b"body", answer
    works = answer.trailers == {"x-checksum": "42"}
    record(over_http2(works, server), f"trailers {answer.trailers}, {answer.end}")


def test_early_hints_over_http2(
    http2: Http2Connection | None, server: ServerSpec, record: Record
) -> None:
    if not declared(http2, "http.response.early_hint", record):
        return
    answer = http2.get("/early-hint")
    assert answer.body == b"body", answer
    hints = [(hint[":status"], hint["link"]) for hint in answer.interim]
    works = hints == [("103", "</style.css>; rel=preload")]
    record(over_http2(works, server), f"before the answer: {hints}")


def test_server_push(http2: Http2Connection | None, server: ServerSpec, record: Record) -> None:
    if not declared(http2, "http.response.push", record):
        return
    answer = http2.get("/push")
    record(over_http2(answer.pushed == ["/"], server), f"promised: {answer.pushed}")


def test_websocket_over_http2(
    http2: Http2Connection | None, server: ServerSpec, record: Record
) -> None:
    if http2 is None:
        record("no", NO_HTTP2)
        return
    assert http2.get("/").body == b"hello"
    if not http2.h2.remote_settings.enable_connect_protocol:
        record("no", "SETTINGS_ENABLE_CONNECT_PROTOCOL is 0")
        return
    said = echo(http2, "hello")
    record(over_http2(said == "hello", server), f"echo: {said}")


def test_http2_by_prior_knowledge(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    seen = {}
    for features in ways(server, more="h2c"):
        answer = by_prior_knowledge(keeper.boot(server, *features))
        seen[features] = answer.body == b"hello", str(answer)
    record(*best(seen, server))


def test_http2_by_upgrade(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    seen = {}
    for features in reversed(ways(server, more="h2c")):  # the last one is up already
        status, answer = by_upgrade(keeper.boot(server, *features))
        upgraded = answer.body == b"hello"
        seen[features] = upgraded, f"{status}, then {answer}" if upgraded else status
    record(*best(seen, server))
