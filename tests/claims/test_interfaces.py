"""What the comparison says of back-pressure, context, debugging and memory, on real servers."""

import asyncio
import http.client
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers.catalogue import SERVERS
from helpers.patience import PATIENCE, wait_until
from helpers.serving import serving, with_options

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

# Each prints how many of the 2,000 pieces of 64 KiB it has handed over.
FLOOD_WSGI = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return [b"ready"] if environ["PATH_INFO"] == "/" else pieces()

def pieces():
    for number in range(2000):
        print("piece", number, flush=True)
        yield bytes(65536)
"""
FLOOD_ASGI = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for number in range(2000 if scope["path"] == "/flood" else 0):
        print("piece", number, flush=True)
        await send({"type": "http.response.body", "body": bytes(65536), "more_body": True})
    await send({"type": "http.response.body", "body": b"ready"})
"""
# Answers with what an earlier request has left in the context variable, and leaves its own path.
CONTEXT_WSGI = """
from contextvars import ContextVar

left = ContextVar("left", default="nothing")

def app(environ, start_response):
    found = left.get()
    left.set(environ["PATH_INFO"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [found.encode()]
"""
CONTEXT_ASGI = """
from contextvars import ContextVar

left = ContextVar("left", default="nothing")

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    found = left.get()
    left.set(scope["path"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": found.encode()})
"""
BLOCKING = """
import time

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    time.sleep(0.2)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ready"})
"""
OPEN_STREAMS = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] == "/open":
        await send({"type": "http.response.body", "body": b"open", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
    await send({"type": "http.response.body", "body": b"ready"})
"""
IMPORTED = """
import os

print("imported in", os.getpid(), flush=True)

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ready"]
"""


def get(server: RunningServer, path: str) -> bytes:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("server", "source"),
    [("gunicorn", FLOOD_WSGI), ("uvicorn", FLOOD_ASGI), ("hypercorn", FLOOD_ASGI)],
)
def test_a_client_that_reads_nothing_stops_the_application(
    server: str, source: str, tmp_path: Path
) -> None:
    with (
        serving(source, SERVERS[server], tmp_path) as running,
        socket.create_connection((running.host, running.port)) as client,
    ):
        client.sendall(b"GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n")
        count, before = 0, -1
        while count != before:  # until it makes no more
            time.sleep(1)
            before, count = count, running.log().count("piece")
        assert 0 < count < 2000


@pytest.mark.parametrize(
    ("server", "source", "expected"),
    [("gunicorn", CONTEXT_WSGI, b"/first"), ("uvicorn", CONTEXT_ASGI, b"nothing")],
)
def test_a_context_variable_outlives_the_request_in_a_thread_and_not_in_a_task(
    server: str, source: str, expected: bytes, tmp_path: Path
) -> None:
    with serving(source, SERVERS[server], tmp_path) as running:
        get(running, "/first")
        assert get(running, "/second") == expected


def test_asyncios_debug_mode_names_a_call_that_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    with serving(BLOCKING, SERVERS["uvicorn"], tmp_path) as running:
        assert get(running, "/") == b"ready"
        assert "Executing <Task" in running.log()


def test_an_open_stream_costs_an_asgi_server_no_thread(tmp_path: Path) -> None:
    async def hold_open(server: RunningServer, count: int) -> int:
        streams = [await asyncio.open_connection(server.host, server.port) for _ in range(count)]
        for reader, writer in streams:
            writer.write(b"GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"200" in await reader.readuntil(b"\r\n\r\n")
        threads = len(os.listdir(f"/proc/{server.pid}/task"))
        for _, writer in streams:
            writer.close()
        return threads

    with serving(OPEN_STREAMS, SERVERS["uvicorn"], tmp_path) as running:
        assert asyncio.run(hold_open(running, 200)) < 10


@pytest.mark.parametrize(("options", "expected"), [((), 4), (("--preload",), 1)])
def test_each_worker_process_imports_the_application_unless_it_is_preloaded(
    options: tuple[str, ...], expected: int, tmp_path: Path
) -> None:
    spec: ServerSpec = with_options("gunicorn", "--workers", "4", *options)
    with serving(IMPORTED, spec, tmp_path) as running:
        wait_until(lambda: running.log().count("imported in") >= expected)
        with ThreadPoolExecutor(8) as clients:  # none is left that would still import
            list(clients.map(lambda _: get(running, "/"), range(40)))
        assert running.log().count("imported in") == expected
