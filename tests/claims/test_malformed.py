"""What servers do with requests that HTTP forbids, and with a header that is two; over sockets.

docs/guides/security.md quotes the outcome, from docs/data/recorded/malformed.json, by way of
malformed.txt. `make test` asks a few servers; `--weekly`, and `--write-recorded`, ask all.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from helpers.capabilities.measuring import Connection
from helpers.catalogue import SERVERS
from helpers.paths import ROOT
from helpers.recorded import title_of
from helpers.serving import serving

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

FOLDER = ROOT / "docs/data/recorded"
type Outcome = Literal["refused", "made harmless", "passed on"]
# Each tells what it was given, as JSON; at /split, it sends a header with a line break.
SOURCES = {
    "WSGI": """
import json

def app(environ, start_response):
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isdigit():  # a read() without one returns only where the server says so
        length = -1 if environ.get("wsgi.input_terminated") else 0
    seen = {
        "a": environ.get("HTTP_X_A"),
        "b": environ.get("HTTP_X_B"),
        "forwarded": environ.get("HTTP_X_FORWARDED_FOR"),
        "body": environ["wsgi.input"].read(int(length)).decode(),
    }
    text = json.dumps(seen).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(text)))]
    if environ["PATH_INFO"] == "/split":
        headers.append(("X-A", "1\\r\\nX-Injected: yes"))
    start_response("200 OK", headers)
    return [text]
""",
    "ASGI": """
import json

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body = b""
    while True:
        event = await receive()
        body += event.get("body", b"")
        if not event.get("more_body"):
            break
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    seen = {
        "a": headers.get("x-a"),
        "b": headers.get("x-b"),
        "forwarded": headers.get("x-forwarded-for"),
        "body": body.decode(),
    }
    text = json.dumps(seen).encode()
    sent = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(text))]
    if scope["path"] == "/split":
        sent.append((b"x-a", b"1\\r\\nx-injected: yes"))
    await send({"type": "http.response.start", "status": 200, "headers": sent})
    await send({"type": "http.response.body", "body": text})
""",
    "aiohttp": """
from aiohttp import web

async def seen(request):
    headers = {"X-A": "1\\r\\nX-Injected: yes"} if request.path == "/split" else {}
    seen = {
        "a": request.headers.get("X-A"),
        "b": request.headers.get("X-B"),
        "forwarded": request.headers.get("X-Forwarded-For"),
        "body": await request.text(),
    }
    return web.json_response(seen, headers=headers)

app = web.Application()
app.router.add_route("*", "/", seen)
app.router.add_route("*", "/split", seen)
""",
}
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"


@dataclass(frozen=True)
class Probe:
    """What is sent, and what makes an answer to it harmless.

    Attributes:
        title: What it is, for the page.
        rule: What the specification says of it, for the page.
        head: The lines of the head that are tried, with their ends.
        body: What follows the head.
        harmless: Whether what the application was given, or the client got, does no harm.
        path: What is asked for.
        host: The line that names the host.
    """

    title: str
    rule: str
    head: bytes = b""
    body: bytes = b""
    harmless: Callable[[dict[str, Any]], bool] = lambda seen: False
    path: str = "/"
    host: bytes = b"Host: localhost\r\n"

    def request(self) -> bytes:
        """Give the bytes."""
        method = "POST" if self.body else "GET"
        line = f"{method} {self.path} HTTP/1.1\r\n".encode()
        return line + self.host + self.head + b"\r\n" + self.body


LENGTH, CODING = b"Content-Length: ", b"Transfer-Encoding: "
PROBES = {
    "both-lengths": Probe(
        "`Content-Length` and `Transfer-Encoding`",
        "may be refused, or the coding counts [[spec: rfc9112-coding]]",
        CODING + b"chunked\r\n" + LENGTH + b"15\r\n",
        CHUNKS,
        lambda seen: seen["body"] == "hello",
    ),
    "two-lengths": Probe(
        "two different `Content-Length`",
        "must be refused [[spec: rfc9112-length]]",
        LENGTH + b"5\r\n" + LENGTH + b"3\r\n",
        b"hello",
    ),
    "signed-length": Probe(
        "`Content-Length: +5`",
        "must be refused [[spec: rfc9112-length]]",
        LENGTH + b"+5\r\n",
        b"hello",
    ),
    "unknown-coding": Probe(
        "`Transfer-Encoding: xchunked`",
        "must be refused [[spec: rfc9112-length]]",
        CODING + b"xchunked\r\n",
        CHUNKS,
    ),
    "space-before-colon": Probe(
        "`Transfer-Encoding : chunked`, with a space before the colon",
        "must be refused [[spec: rfc9112-fields]]",
        b"Transfer-Encoding : chunked\r\n",
        CHUNKS,
    ),
    "hexadecimal-chunk": Probe(
        "a chunk of size `0x5`",
        "is none by the grammar [[spec: rfc9112-chunked]]",
        CODING + b"chunked\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
    ),
    "folded-line": Probe(
        "a header on two lines (*obs-fold*)",
        "must be refused, or joined by spaces [[spec: rfc9112-folding]]",
        b"X-A: 1\r\n 2\r\n",
        harmless=lambda seen: bool(re.fullmatch("1 +2", seen["a"] or "")),
    ),
    "bare-lf": Probe(
        "a bare LF for the end of a line",
        "may be taken [[spec: rfc9112-parsing]]",
        b"X-A: 1\nX-B: 2\r\n",
    ),
    "bare-cr": Probe(
        "a bare CR in a value",
        "must be refused, or become a space [[spec: rfc9112-parsing]]",
        b"X-A: 1\rX-B: 2\r\n",
        harmless=lambda seen: seen["b"] is None and "\r" not in (seen["a"] or "\r"),
    ),
    "nul": Probe(
        "a NUL in a value",
        "must be refused, or become a space [[spec: rfc9110-values]]",
        b"X-A: 1\x002\r\n",
        harmless=lambda seen: "\0" not in (seen["a"] or "\0"),
    ),
    "no-host": Probe("no `Host`", "must be refused [[spec: rfc9112-host]]", host=b""),
    "two-hosts": Probe(
        "two `Host`", "must be refused [[spec: rfc9112-host]]", host=b"Host: a\r\nHost: b\r\n"
    ),
    "wrong-host": Probe(
        "`Host: a b/c`", "must be refused [[spec: rfc9112-host]]", host=b"Host: a b/c\r\n"
    ),
    "underscores": Probe(
        "`X_Forwarded_For`, with underscores",
        "is another header, and the same key in WSGI [[spec: gunicorn-header-map]]",
        b"X_Forwarded_For: 192.0.2.7\r\n",
        harmless=lambda seen: seen["forwarded"] is None,
    ),
    "split": Probe(
        "the application sends a header with CR LF in its value",
        "must not be [[spec: rfc9110-values]]",
        harmless=lambda seen: not seen["injected"],
        path="/split",
    ),
}
# Variants that are the same here, as was tried once.
SAME = {"gunicorn-gthread", "gunicorn-gevent", "gunicorn-uvicorn"}
SAMPLE = ("gunicorn", "waitress", "uvicorn", "granian")


def outcome(probe: Probe, server: RunningServer) -> Outcome:
    with Connection(server) as connection:
        connection.send(probe.request())
        answer = connection.answer(unless_idle=server)
    if answer.status != 200:
        return "refused"
    seen = json.loads(answer.body) | {"injected": "x-injected" in answer.headers}
    return "made harmless" if probe.harmless(seen) else "passed on"


def outcomes(spec: ServerSpec, folder: Path) -> dict[str, Outcome]:
    folder.mkdir()
    with serving(SOURCES[spec.interface], spec, folder) as server:
        return {name: outcome(probe, server) for name, probe in PROBES.items()}


def names(these: list[str], every: list[str]) -> str:
    """Name some of the servers, in few words."""
    others = [name for name in every if name not in these]
    if len(others) < len(these) / 2:
        return f"all but {', '.join(others)}" if others else "all"
    return ", ".join(these) or "nobody"


def table(found: dict[str, dict[str, Outcome]]) -> str:
    """Write the table of the page: a row for each probe, with who does not refuse it."""
    lines = [
        "| Sent | HTTP says | Passed on by | Made harmless by |",
        "| --- | --- | --- | --- |",
    ]
    for name, probe in PROBES.items():
        passed, harmless = (
            names([server for server in found if found[server][name] == of], [*found])
            for of in ("passed on", "made harmless")
        )
        lines.append(f"| {probe.title} | {probe.rule} | {passed} | {harmless} |")
    return "\n".join([*lines, ""])


def test_what_becomes_of_a_request_that_is_wrong(
    tmp_path: Path, pytestconfig: pytest.Config, need: Callable[[ServerSpec], None]
) -> None:
    write = pytestconfig.getoption("--write-recorded")
    every = write or pytestconfig.getoption("--weekly")
    path = FOLDER / "malformed.json"
    found = {}
    for name, spec in SERVERS.items():
        chosen = name in SAMPLE or (every and name not in SAME and not spec.framework)
        if chosen:
            need(spec)
            found[title_of(spec)] = outcomes(spec, tmp_path / name)
    if write:
        path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
        (FOLDER / "malformed.txt").write_text(table(found), "utf-8")
    published = json.loads(path.read_text("utf-8"))
    assert found == (published if every else {title: published[title] for title in found})


def test_the_table_is_drawn_from_what_was_seen() -> None:
    published = json.loads((FOLDER / "malformed.json").read_text("utf-8"))
    assert (FOLDER / "malformed.txt").read_text("utf-8") == table(published)
