"""Whether a request finds what an earlier one left in a context variable, on each server.

docs/guides/context.md quotes the outcome, from docs/data/. `make test` asks a few servers;
`--weekly`, and `--write-recorded`, ask all.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from helpers.capabilities.measuring import Connection
from helpers.catalogue import SERVERS
from helpers.drivers import published_on_socket
from helpers.paths import ROOT
from helpers.recorded import title_of
from helpers.serving import serving, with_options

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

PUBLISHED = ROOT / "docs/data/recorded/context.txt"
HEAD = [
    "| Server | A new connection | The same connection | after an upload | pipelined |",
    "| --- | --- | --- | --- | --- |",
]
SOURCES = {
    "WSGI": """
from contextvars import ContextVar

left = ContextVar("left", default="nothing")

def app(environ, start_response):
    body = left.get().encode()
    if environ["PATH_INFO"] == "/leave":
        left.set("something")
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
""",
    "ASGI": """
from contextvars import ContextVar

left = ContextVar("left", default="nothing")

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body = left.get().encode()
    if scope["path"] == "/leave":
        left.set("something")
        while (await receive()).get("more_body"):
            pass
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
""",
    "aiohttp": """
from contextvars import ContextVar

from aiohttp import web

left = ContextVar("left", default="nothing")

async def ready(request):
    return web.Response(text=left.get())

async def leave(request):
    before = left.get()
    left.set("something")
    await request.read()
    return web.Response(text=before)

app = web.Application()
app.router.add_get("/", ready)
app.router.add_route("*", "/leave", leave)
""",
}
TIMES = 12  # more than a server has threads, which take turns
UPLOAD = b"x" * 300_000  # more than a server reads ahead
# Variants that are the same here, as was tried once.
SAME = {"uvicorn-standard"}
SAMPLE = ("gunicorn", "waitress", "uvicorn", "hypercorn")


def new(server: RunningServer) -> Iterator[str]:
    """Leave something, and look for it, each time on a connection of its own."""
    for path in ["/leave"] * TIMES + ["/"] * TIMES:
        with Connection(server) as connection:
            connection.request(path)
            answer = connection.answer().body.decode()
        if path == "/":
            yield answer


def same(server: RunningServer, body: bytes = b"", *, at_once: bool = False) -> Iterator[str]:
    """Leave something, and look for it, on one connection; up to where the server closes it."""
    length = f"Content-Length: {len(body)}"
    with Connection(server) as connection, suppress(ConnectionError):
        for _ in range(TIMES):
            connection.request("/leave", length, method="POST", body=body)
            if at_once:
                connection.request("/")
            if connection.answer().end != "complete":
                return
            if at_once:
                yield connection.answer().body.decode()
        for _ in range(TIMES):
            connection.request("/")
            yield connection.answer().body.decode()


def row(title: str, spec: ServerSpec, folder: Path) -> str:
    folder.mkdir(parents=True)
    with serving(SOURCES[spec.interface], spec, folder) as server:
        found = [
            set(new(server)),
            set(same(server)),
            set(same(server, UPLOAD)),
            set(same(server, at_once=True)),
        ]
    cells = [
        "**yes**" if "something" in all else "no" if "nothing" in all else "—" for all in found
    ]
    return f"| {title} | {' | '.join(cells)} |"


def asked() -> dict[str, tuple[str, ServerSpec]]:
    """Every server, by its name, with the title of its row."""
    specs = {
        name: (title_of(spec), spec)
        for name, spec in SERVERS.items()
        if name not in SAME and not spec.framework
    }
    option = "--reset-contextvars"
    return specs | {"uvicorn-reset": (f"Uvicorn `{option}`", with_options("uvicorn", option))}


def test_what_a_request_finds_of_an_earlier_one(
    tmp_path: Path, pytestconfig: pytest.Config, need: Callable[[ServerSpec], None]
) -> None:
    write = pytestconfig.getoption("--write-recorded")
    every = write or pytestconfig.getoption("--weekly")
    rows = []
    for name, (title, spec) in asked().items():
        if every or name in SAMPLE:
            need(spec)
            rows.append(row(title, spec, tmp_path / name))
    if write:
        PUBLISHED.write_text("\n".join([*HEAD, *rows, ""]), "utf-8")
    published = PUBLISHED.read_text("utf-8").splitlines()
    assert [row for row in rows if row not in published] == []
    assert not every or published == [*HEAD, *rows]


def test_a_global_is_overwritten_by_requests_at_the_same_time() -> None:
    answers = published_on_socket("context/bare_asgi_app.py", "uvicorn").answers
    bodies = [answer.rpartition(b"\r\n\r\n")[2] for answer in answers["ten at once, global"]]
    assert sorted(bodies) == [b"Another's\n"] * 9 + [b"Still mine\n"]
