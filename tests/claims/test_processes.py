"""What the guide on workers says of processes: who replaces a dead one, and how many there are."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.patience import PATIENCE
from helpers.serving import ended, serving, with_options

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

# Answers with the number of the process that runs it.
WSGI = """
import os

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Connection", "close")])
    return [str(os.getpid()).encode()]
"""
ASGI = """
import os

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})
"""
TWO = {  # how each is told to have two workers
    "gunicorn": ("--workers", "2"),
    "gunicorn-asgi": ("--workers", "2"),
    "gunicorn-uvicorn": ("--workers", "2"),
    "uwsgi": ("--processes", "2"),
    "uvicorn": ("--workers", "2"),
    "hypercorn": ("--workers", "2"),
    "granian": ("--workers", "2"),
}
RESPAWNING = (*TWO["granian"], "--respawn-failed-workers")


def pid_of_answer(server: RunningServer) -> int | None:
    """Ask, and give the process that answered; None if none did."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    try:
        connection.request("GET", "/")
        return int(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def workers(server: RunningServer) -> set[int]:
    """Ask until two processes have answered, and give both."""
    found: set[int] = set()
    deadline = time.monotonic() + PATIENCE
    while len(found) < 2:
        assert time.monotonic() < deadline, f"only {found} answered"
        if pid := pid_of_answer(server):
            found.add(pid)
    return found


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


@pytest.fixture
def killed(
    name: str, options: tuple[str, ...], tmp_path: Path, need: Callable[[ServerSpec], None]
) -> Iterator[tuple[RunningServer, set[int]]]:
    """A server with two workers, one of which was killed just now; and who they were."""
    spec = with_options(name, *options)
    need(spec)
    with serving(WSGI if spec.interface == "WSGI" else ASGI, spec, tmp_path) as server:
        before = workers(server)
        os.kill(min(before), signal.SIGKILL)
        yield server, before


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("gunicorn", TWO["gunicorn"]),
        ("gunicorn-asgi", TWO["gunicorn-asgi"]),
        ("gunicorn-uvicorn", TWO["gunicorn-uvicorn"]),
        ("uwsgi", TWO["uwsgi"]),
        ("uvicorn", TWO["uvicorn"]),
        ("granian", RESPAWNING),
    ],
)
def test_a_worker_that_is_killed_is_replaced(killed: tuple[RunningServer, set[int]]) -> None:
    server, before = killed
    wait_for(lambda: (pid_of_answer(server) or min(before)) not in before)


@pytest.mark.parametrize(
    ("name", "options"), [("hypercorn", TWO["hypercorn"]), ("granian", TWO["granian"])]
)
def test_the_server_ends_with_its_worker(killed: tuple[RunningServer, set[int]]) -> None:
    server, _ = killed
    wait_for(lambda: ended(server))


COUNTS = {
    "gunicorn": "from gunicorn.config import Config; print(Config().workers)",
    "uvicorn": "from uvicorn import Config; print(Config('m:app').workers)",
}


@pytest.mark.parametrize("name", COUNTS)
def test_web_concurrency_says_how_many_workers(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNTS[name]],
        env={**os.environ, "WEB_CONCURRENCY": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "3\n"
