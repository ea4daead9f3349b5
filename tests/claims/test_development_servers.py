"""What the pages say of the commands of frameworks, and of Uvicorn's worker for Gunicorn."""

import http.client
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.catalogue import ALL, SERVERS
from helpers.patience import PATIENCE
from helpers.serving import serving

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

Need = Callable[[ServerSpec], None]

CLIENTS = 12  # more than any pool of threads here has
# Answers once all clients are there: so each needs a thread of its own, or none is answered.
TOGETHER = f"""
import threading
from flask import Flask

app = Flask(__name__)
all_here = threading.Barrier({CLIENTS})

@app.get("/")
def ready():
    return "ready"

@app.get("/together")
def together():
    all_here.wait()
    return "together"
"""


def get(running: RunningServer, path: str) -> str:
    connection = http.client.HTTPConnection(running.host, running.port, timeout=PATIENCE)
    connection.request("GET", path)
    body = connection.getresponse().read().decode()
    connection.close()
    return body


def test_every_connection_gets_a_thread(tmp_path: Path, need: Need) -> None:
    need(SERVERS["werkzeug"])
    with serving(TOGETHER, SERVERS["werkzeug"], tmp_path) as running:
        answers: list[str] = []
        clients = [
            threading.Thread(target=lambda: answers.append(get(running, "/together")))
            for _ in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    assert answers == ["together"] * CLIENTS


@pytest.mark.parametrize(
    ("server", "other", "complaint"),
    [
        ("werkzeug", "hello/bare_wsgi_app.py", "could not be called"),
        ("fastapi-run", "hello/starlette_app.py", "doesn't seem to be a FastAPI app"),
    ],
)
def test_a_command_of_one_framework_refuses_another(
    server: str, other: str, complaint: str, need: Need
) -> None:
    need(SERVERS[server])
    command = SERVERS[server].argv(ALL[other], "127.0.0.1", 0)
    program = Path(sys.executable).with_name(command[0])
    run = subprocess.run(
        [program, *command[1:]],
        cwd=ALL[other].path.parent,
        env={**os.environ, "COLUMNS": "200"},  # the message is wrapped
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert run.returncode
    assert complaint in " ".join((run.stdout + run.stderr).split())


def test_uvicorns_own_worker_is_deprecated(need: Need) -> None:
    need(SERVERS["gunicorn-uvicorn"])
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import uvicorn.workers"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert run.returncode
    assert "DeprecationWarning: The `uvicorn.workers` module is deprecated" in run.stderr
