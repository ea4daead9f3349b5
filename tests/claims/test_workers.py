"""What the pages say of workers, threads and computations, tried on real servers."""

import http.client
import os
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers.catalogue import SERVERS
from helpers.patience import PATIENCE, wait_until
from helpers.serving import serving, with_options

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

Need = Callable[[ServerSpec], None]

# Two hundred pieces, 0.1 s apart: far longer than the time-outs below.
STREAM = """
import time

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/":
        return [b"ready"]
    return pieces()

def pieces():
    for number in range(200):
        yield b"%d\\n" % number
        time.sleep(0.1)
"""
# `/compute` keeps the interpreter busy for about a second of processor time.
COMPUTING_WSGI = """
import time

def app(environ, start_response):
    if environ["PATH_INFO"] == "/compute":
        compute()
    print("answering", environ["PATH_INFO"], flush=True)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]

def compute():
    print("computing", flush=True)
    end = time.thread_time() + 1
    while time.thread_time() < end:
        sum(range(1000))
"""
COMPUTING_ASGI = """
import time

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/compute":
        compute()
    print("answering", scope["path"], flush=True)
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})

def compute():
    print("computing", flush=True)
    end = time.thread_time() + 1
    while time.thread_time() < end:
        sum(range(1000))
"""
LIFESPAN = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            event = await receive()
            await send({"type": event["type"] + ".complete"})
            if event["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ready"})
"""


def get(server: RunningServer, path: str) -> bytes:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def answered_before_the_computation(server: RunningServer) -> bool:
    """Whether the server answers a short request that comes after a computation's before it."""
    computation = threading.Thread(target=get, args=[server, "/compute"])
    computation.start()
    assert wait_until(lambda: "computing" in server.log())
    assert get(server, "/short") == b"ok"
    computation.join()
    log = server.log()
    return log.index("answering /short") < log.index("answering /compute")


def test_gunicorns_sync_worker_is_killed_with_its_stream_at_the_timeout(tmp_path: Path) -> None:
    with serving(STREAM, with_options("gunicorn", "--timeout", "1"), tmp_path) as server:
        with pytest.raises(http.client.IncompleteRead) as cut:
            get(server, "/stream")
        assert 0 < cut.value.partial.count(b"\n") < 200
        assert "WORKER TIMEOUT" in server.log()
        assert "time.sleep(0.1)" in server.log()  # the line at which it was ended


def test_gunicorns_threads_outlive_the_timeout(tmp_path: Path) -> None:
    server = with_options("gunicorn-gthread", "--timeout", "1")
    shorter = STREAM.replace("range(200)", "range(30)")
    with serving(shorter, server, tmp_path) as running:
        assert get(running, "/stream").count(b"\n") == 30


@pytest.mark.parametrize(
    ("server", "source", "expected"),
    [
        ("gunicorn-gthread", COMPUTING_WSGI, True),
        ("uvicorn", COMPUTING_ASGI, False),
    ],
)
def test_a_short_request_waits_behind_a_computation_on_the_loop_and_not_beside_a_thread(
    server: str, source: str, expected: bool, tmp_path: Path
) -> None:
    with serving(source, SERVERS[server], tmp_path) as running:
        assert answered_before_the_computation(running) is expected


def test_threads_compute_no_faster_than_one(tmp_path: Path) -> None:
    """Four threads under the GIL get one processor's time between them: never more."""
    with serving(COMPUTING_WSGI, SERVERS["gunicorn-gthread"], tmp_path) as server:
        before, started = processor_seconds(server.pid), time.monotonic()
        with ThreadPoolExecutor(4) as clients:
            list(clients.map(lambda _: get(server, "/compute"), range(4)))
        seconds = time.monotonic() - started
        used = processor_seconds(server.pid) - before
    assert used > 3.5  # all four did compute
    assert used < 1.2 * seconds


def test_every_worker_process_has_a_lifespan_of_its_own(tmp_path: Path) -> None:
    # On a busy machine a process may not answer the supervisor in 5 s, and is replaced.
    patient = ("--workers", "4", "--timeout-worker-healthcheck", f"{PATIENCE:.0f}")
    with serving(LIFESPAN, with_options("uvicorn", *patient), tmp_path) as server:
        assert wait_until(lambda: server.log().count("Application startup complete.") == 4)
        started = re.findall(r"Started server process \[(\d+)\]", server.log())
    assert len(set(started)) == 4


def processor_seconds(leader: int) -> float:
    """The processor's time that a server's processes have used so far."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            if int(fields[3]) == leader:  # its session
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
