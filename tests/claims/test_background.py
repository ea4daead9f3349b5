"""Work after the response, on real servers: who waits for it, and what a restart leaves of it.

docs/practice/background-work.md quotes the outcome, from docs/data/.
"""

import http.client
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from helpers import recorded
from helpers.paths import EXAMPLES
from helpers.patience import PATIENCE, wait_until
from quart import Quart

from runnable.catalogue.examples import Example, load_example
from runnable.harness.processes import RunningServer, boot

DONE = "The report is written."
ANSWERED = "The report will be written."
# Far longer than an answer takes: so much is done before the work, or after it.
SECONDS = 1.5
# By example: its server here, and how it goes about its work.
WAYS = {
    "bare_wsgi_app": ("gunicorn", "a thread of a pool"),
    "bare_wsgi_daemon_app": ("gunicorn", "a daemon thread"),
    "bare_wsgi_close_app": ("gunicorn", "`close()`"),
    "flask_app": ("gunicorn", "`call_on_close`"),
    "bare_asgi_app": ("uvicorn", "the same call"),
    "bare_asgi_task_app": ("uvicorn", "a task"),
    "django_asgi_app": ("uvicorn", "a task"),
    "starlette_app": ("uvicorn", "`BackgroundTask`"),
    "fastapi_app": ("uvicorn", "`BackgroundTasks`"),
    "quart_app": ("uvicorn", "`add_background_task`"),
    "sanic_app": ("uvicorn", "`add_task`"),
    "aiohttp_app": ("aiohttp", "a task"),
}
# A daemon thread is one that the interpreter does not wait for when it ends.
AS_DAEMON = {
    "from concurrent.futures import ThreadPoolExecutor\n": "from threading import Thread\n",
    "pool = ThreadPoolExecutor(max_workers=2)\n": "",
    "pool.submit(write_report)": "Thread(target=write_report, daemon=True).start()",
}


def slow(name: str, folder: Path) -> Example:
    """Copy an example, and make its work take longer."""
    topic = folder / "background"
    shutil.copytree(EXAMPLES / "background", topic, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(EXAMPLES / "servers.toml", folder)
    changes = {"sleep(0.2)": f"sleep({SECONDS})"}
    if name == "bare_wsgi_daemon_app":
        changes |= AS_DAEMON
        shutil.copy(topic / "bare_wsgi_app.py", topic / f"{name}.py")
    path = topic / f"{name}.py"
    source = path.read_text("utf-8")
    for old, new in changes.items():
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    path.write_text(source, "utf-8")
    return load_example(path)


def send(server: RunningServer, method: str) -> str:
    """Send a request; give the answer's status and body, on a line."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request(method, "/")
        answer = connection.getresponse()
        return f"{answer.status} {answer.reason}: {answer.read().decode().strip()}"
    finally:
        connection.close()


def wait_for_work(server: RunningServer) -> None:
    assert wait_until(lambda: DONE in server.log()), server.log()


def order(server: RunningServer) -> list[str]:
    """What happens in which order: a report is asked for, and then the other page."""
    accepted = send(server, "POST")
    assert ANSWERED in accepted
    assert DONE not in server.log(), "the work was done before the answer"
    next_one = ["client  GET /", f"server  {send(server, 'GET')}"]
    waited = DONE in server.log()
    wait_for_work(server)
    work = [f"log     {DONE}"]
    later = [next_one[0], *work, next_one[1]] if waited else [*next_one, *work]
    return ["client  POST /", f"server  {accepted}", *later]


def at_sigterm(name: str, folder: Path) -> tuple[list[str], bool]:
    """Give the order of things, and whether work is finished that was pending at SIGTERM."""
    server, _ = WAYS[name]
    with boot(slow(name, folder), server) as running:
        told = order(running)
        assert ANSWERED in send(running, "POST")
        log = running.log_path.open(errors="replace")  # it outlives its name
    # `boot` has sent SIGTERM, and waited.
    with log:
        return told, log.read().count(DONE) == 2


def test_what_waits_and_what_is_lost_at_sigterm(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """One table, one test: every row is a run of its own server."""
    rows = ["| Example | The work is done by | The next request | At SIGTERM |", "| --- " * 4 + "|"]
    transcripts = {}
    for name, (server, way) in WAYS.items():
        folder = tmp_path / name
        folder.mkdir()
        transcripts[name], finished = at_sigterm(name, folder)
        waits = transcripts[name][-1].startswith("server")
        file = "`bare_wsgi_app.py`, changed" if "daemon" in name else f"`{name}.py`"
        rows.append(
            f"| {file} on {server} | {way} | {'waits' if waits else 'is answered at once'} |"
            f" {'finished' if finished else '**lost**'} |"
        )
    write = pytestconfig.getoption("--write-recorded")
    text = "\n".join
    recorded.compare("background-work.txt", text([*rows, ""]), write=write)
    for name in ("bare_wsgi_app", "flask_app"):
        said = [f"# {name}.py on Gunicorn: one worker of one thread", *transcripts[name], ""]
        recorded.compare(f"background-{name.removesuffix('_app')}.txt", text(said), write=write)


@pytest.mark.parametrize("name", ["bare_wsgi_app", "flask_app", "starlette_app"])
def test_sigkill_leaves_nothing(name: str, tmp_path: Path) -> None:
    with boot(slow(name, tmp_path), WAYS[name][0]) as running:
        assert ANSWERED in send(running, "POST")
        os.killpg(running.pid, signal.SIGKILL)
        time.sleep(SECONDS)
        assert DONE not in running.log()


def test_quart_waits_5_seconds_for_its_background_tasks() -> None:
    assert Quart("defaults").config["BACKGROUND_TASK_SHUTDOWN_TIMEOUT"] == 5
