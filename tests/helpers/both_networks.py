"""One talk with a server, on TCP and on the in-memory network: its result and the server's log."""

import asyncio
import io
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from helpers.catalogue import SERVERS
from helpers.patience import PATIENCE
from runnable.catalogue.examples import Example
from runnable.harness.masks import mask_answer, mask_log
from runnable.harness.processes import boot
from runnable.inmemory import loader
from runnable.inmemory.clients.http1 import HttpClient, HttpRequest
from runnable.inmemory.clients.http2 import Http2Client
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.servers import launcher

HOST, PORT = "127.0.0.1", 8000
# The application in wire/ that each server of the page serves.
WIRE = {"WSGI": "wsgi_app", "ASGI": "asgi_app", "aiohttp": "aiohttp_server_app"}
APPS = {name: WIRE[server.interface] for name, server in SERVERS.items() if server.browser}
MILLION = b"0123456789abcdef" * 65536  # bytes: what each of them gives at /big

Talk = Callable[[int], Awaitable[Any]]


@dataclass
class Outcome:
    """What a talk gave, and what the server logged from its start to its end."""

    result: Any
    log: str
    lines_before_stop: int  # of the log


def on_tcp(app: Example, talk: Talk, lines: int) -> Outcome:
    """Talk to the real server, in a process of its own.

    A server may log after it has sent its answer, or only when it sees that a client has gone. So
    it is not stopped before its log has as many lines as are expected by then, nor while it logs.
    """
    with boot(app) as server:

        def logged() -> int:
            return len(mask_log(server.log()).splitlines())

        result = asyncio.run(_within_limit(talk(server.port)))
        deadline = time.monotonic() + PATIENCE
        while logged() < lines and time.monotonic() < deadline:
            time.sleep(0.05)
        server.wait_until_idle()
        before_stop = logged()
        log = server.log_path.open(errors="replace")  # it outlives its name
    with log:
        return Outcome(result, mask_log(log.read()), before_stop)


async def _within_limit(talk: Awaitable[Any]) -> Any:
    async with asyncio.timeout(PATIENCE):
        return await talk


@contextmanager
def logging_anew() -> Iterator[io.StringIO]:
    """Both streams in one text; logging as if nothing had configured it yet."""
    root, streams = logging.getLogger(), io.StringIO()
    handlers, root.handlers = root.handlers, []
    level = root.level
    try:
        with redirect_stdout(streams), redirect_stderr(streams):
            yield streams
    finally:
        root.handlers = handlers
        root.setLevel(level)


def in_memory(app: Example, talk: Talk) -> Outcome:
    """Talk to the same server's code on the in-memory network."""

    async def serve() -> tuple[Any, int]:
        loop = asyncio.get_running_loop()
        recorder = Recorder(loop)
        recorder.watch(lambda entries, began, missing: None)  # recording changes nothing
        network = MemoryNetwork(loop, recorder).install()
        module = loader.load(app.source, app.module, str(app.path))
        server = launcher(app.server)
        stop = await server.start(getattr(module, app.app), HOST, PORT, network, recorder)
        # boot() has asked for "/" once, to see whether the server is ready.
        await request(PORT, method="GET", path="/")
        result = await _within_limit(talk(PORT))
        await asyncio.sleep(0.05)  # turns of the loop, in which the server sees the talk's end
        lines = len(mask_log(streams.getvalue()).splitlines())
        await stop()
        return result, lines

    with logging_anew() as streams:
        result, lines = asyncio.run(serve())
        return Outcome(result, mask_log(streams.getvalue()), lines)


def compare(app: Example, talk: Talk, *, log: bool = True) -> Outcome:
    """Have the same talk on both; fail where they differ.

    Args:
        app: The application, with the server that serves it.
        talk: What is asked.
        log: Whether the logs are compared too. They can differ where the client goes away before
            the server has read all: on TCP it is left to chance what the server still reads.

    Returns:
        The outcome in memory.
    """
    memory = in_memory(app, talk)
    tcp = on_tcp(app, talk, memory.lines_before_stop if log else 0)
    assert memory.result == tcp.result
    if log:
        assert sorted(memory.log.splitlines()) == sorted(tcp.log.splitlines())
    return memory


async def exchange(port: int, data: bytes, *, half_close: bool = False) -> bytes:
    """Send bytes, read until the server closes."""
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(data)
    if half_close:
        writer.write_eof()
    received = b""
    try:
        while piece := await reader.read(65536):
            received += piece
    except ConnectionResetError:  # a server may close before it has read all
        pass
    writer.transport.abort()  # close() would wait for what the server will not read
    return mask_answer(received)


async def request(port: int, **request: Any) -> list[dict[str, Any]]:
    """Send a request with the page's own client; gives its last event, masked, and the status."""
    events = await events_of(HttpClient, port, **request)
    raw = events[-1].get("raw", b"")
    return [events[-1] | {"raw": mask_answer(raw)}, {"status": events[0].get("status")}]


async def events_of(
    client_class: type[HttpClient | Http2Client], port: int, **request: Any
) -> list[dict[str, Any]]:
    """Send a request with one of the page's clients; gives its events."""
    events: list[dict[str, Any]] = []
    transport, client = await asyncio.get_running_loop().create_connection(
        lambda: client_class(HttpRequest(**request), f"{HOST}:{PORT}", events.append), HOST, port
    )
    await client.finished
    transport.abort()  # what the server will not read would keep it open
    return events
