"""What the guide on choosing says of a worker whose event loop hangs: who replaces it."""

import http.client
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.patience import PATIENCE
from helpers.serving import serving, with_options

from runnable.catalogue.servers import ServerSpec

HUNG = 5  # seconds
# Answers with its process; asked to hang, holds its event loop for a while.
APP = """
import os
import time

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] != "/":
        time.sleep(float(scope["path"][1:]))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})
"""


def pid_of(port: int, path: str = "/") -> str | None:
    """Ask, and give the process that answered; None if it closed the connection without."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except ConnectionError:
        return None
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["gunicorn-asgi", "gunicorn-uvicorn"])
def test_gunicorn_replaces_a_worker_whose_loop_hangs(
    name: str, tmp_path: Path, need: Callable[[ServerSpec], None]
) -> None:
    spec = with_options(name, "--timeout", "3")  # 30 by itself
    need(spec)
    with serving(APP, spec, tmp_path) as server:
        before = pid_of(server.port)
        assert pid_of(server.port, f"/{PATIENCE * 2}") is None
        assert pid_of(server.port) not in (None, before)


def test_uvicorns_worker_answers_for_a_loop_that_hangs(
    tmp_path: Path, need: Callable[[ServerSpec], None]
) -> None:
    """The health check, every half second here, is answered by a thread of the worker."""
    spec = with_options("uvicorn", "--workers", "2", "--timeout-worker-healthcheck", "1")
    need(spec)
    with serving(APP, spec, tmp_path) as server:
        assert pid_of(server.port, f"/{HUNG}"), "it was killed, and did not answer"
