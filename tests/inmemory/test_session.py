"""Mistakes: each gives a clear message with the reader's own line numbers; the next run works."""

from typing import Any

import pytest
from helpers.applications import ASGI, HELLO, body
from helpers.worker_process import WorkerProcess

STARLETTE = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
def endpoint(request):
    return PlainTextResponse("inline")
app = Starlette(routes=[Route("/", endpoint)])
"""
REQUEST = {
    "method": "GET",
    "path": "/",
    "headers": [],
    "body": None,
    "protocol": "HTTP/1.1",
    "leaveAfter": 0,
}

MISTAKES = {
    "a syntax error": ("x = 1\ny = (\n", "SyntaxError in line 2: '(' was never closed", "line 2"),
    "a missing import": (
        "\nimport no_such_module\n",
        "No module named 'no_such_module': this example's interpreter does not have it.",
        'File "example_app.py", line 2, in <module>',
    ),
    "an error in a function": (
        "def f():\n    return 1 / 0\n\nf()\n",
        "ZeroDivisionError: division by zero",
        "    return 1 / 0",
    ),
    "no application": (
        "x = 1\n",
        "example_app.py defines no 'app': that is the name that the server looks for.",
        "",
    ),
    "not callable": (
        "app = 42\n",
        "'app' in example_app.py is of type int, which is not callable: "
        "it cannot be an application.",
        "",
    ),
    "an error that cannot be shown": (
        "class End(BaseException):\n    def __str__(self): raise self\nraise End\n",
        "End: ",
        "raise End",
    ),
    "an exit": (
        "import sys\nsys.exit(3)\n",
        "The example ended the interpreter: SystemExit(3)",
        "line 2",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_and_the_next_run_works(worker: WorkerProcess, mistake: str) -> None:
    source, message, in_the_log = MISTAKES[mistake]
    assert worker.run(source, "wsgiref") == {"type": "failed", "message": message}
    assert in_the_log in worker.log
    assert "runnable/browser" not in worker.log  # only the reader's own lines
    assert worker.run(HELLO, "wsgiref")["type"] == "ready"
    assert body(worker.request(path="/")) == b"hello from /"


@pytest.mark.parametrize("server", ["wsgiref", "uvicorn", "aiohttp"])
@pytest.mark.parametrize("nonsense", ["None", "'text'", "[1, 2]", "object()"])
def test_an_application_that_returns_nonsense(
    worker: WorkerProcess, server: str, nonsense: str
) -> None:
    sources = {
        "wsgiref": f"def app(environ, start_response):\n    return {nonsense}\n",
        "uvicorn": f"async def app(scope, receive, send):\n    return {nonsense}\n",
        "aiohttp": "from aiohttp import web\n"
        f"async def handler(request):\n    return {nonsense}\n"
        "app = web.Application()\napp.add_routes([web.get('/', handler)])\n",
    }
    assert worker.run(sources[server], server)["type"] == "ready"
    events = worker.request()
    assert events[0].get("status") == 500 or events[-1]["type"] == "error", events
    worker.stop()
    assert worker.log


def test_wsgi_under_an_asgi_server_and_the_other_way_round(worker: WorkerProcess) -> None:
    worker.run(HELLO, "uvicorn")
    assert worker.request()[0]["status"] == 500
    assert "TypeError: app() " in worker.log
    worker.run(ASGI, "wsgiref")
    assert worker.request()[0]["status"] == 500
    assert "TypeError: app() missing 1 required positional argument: 'send'" in worker.log


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/a b", b"/a%20b"),
        ("/Grüße", b"/Gr%C3%BC%C3%9Fe"),
        ("/%zz", b"/%zz"),
        ("/%41", b"/%41"),
        ("", b"/"),
        ("/x#y", b"/x"),
        ("/a?b=c d&e=%zz", b"/a"),
    ],
)
def test_odd_paths_reach_the_application(worker: WorkerProcess, path: str, target: bytes) -> None:
    worker.run(ASGI, "uvicorn")
    assert body(worker.request(path=path)) == target


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "G E T"},
        {"headers": [("Bad Name", "x")]},
        {"headers": [("X", "a\nb")]},
        {"method": ""},
        {"headers": [("Content-Length", "many")]},
    ],
)
def test_a_request_that_is_not_http_is_refused(
    worker: WorkerProcess, request_: dict[str, Any]
) -> None:
    worker.run(ASGI, "uvicorn")
    events = worker.request(**request_)
    assert [message["type"] for message in events] == ["error"]
    assert events[0]["message"].startswith("This request cannot be sent: ")
    assert body(worker.request(path="/next")) == b"/next"


def test_a_request_when_no_server_runs(worker: WorkerProcess) -> None:
    message = "Connection refused: no server is running at 127.0.0.1:8000."
    assert worker.request()[-1]["message"] == message
    worker.run(HELLO, "wsgiref")
    worker.stop()
    assert worker.request()[-1]["message"] == message


def test_a_server_that_is_not_here(worker: WorkerProcess) -> None:
    failed = worker.run(HELLO, "apache")
    assert failed["type"] == "failed"
    assert failed["message"].startswith("no server named 'apache' runs here")


def test_a_lifespan_that_fails(worker: WorkerProcess) -> None:
    failing = """
async def app(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database"})
"""
    assert worker.run(failing, "uvicorn")["message"] == ("Uvicorn did not start: its log says why.")
    assert "no database" in worker.log
    assert worker.run(HELLO, "wsgiref")["type"] == "ready"


def test_a_lifespan_has_time_to_end(worker: WorkerProcess) -> None:
    slow = """
import asyncio
async def app(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await asyncio.sleep(0.5)
    print("all closed", flush=True)
    await send({"type": "lifespan.shutdown.complete"})
"""
    assert worker.run(slow, "uvicorn")["type"] == "ready"
    worker.stop()
    assert "all closed" in worker.log


def test_an_edit_runs_in_the_same_interpreter(worker: WorkerProcess) -> None:
    for word in (b"one", b"two", b"three"):
        source = STARLETTE.replace("inline", word.decode())
        assert worker.run(source, "uvicorn")["type"] == "ready"
        assert body(worker.request()) == word


@pytest.mark.parametrize(
    ("server", "source", "running"), [("uvicorn", ASGI, True), ("wsgiref", HELLO, False)]
)
def test_an_import_sees_the_loop_only_where_the_server_runs_one_then(
    worker: WorkerProcess, server: str, source: str, running: bool
) -> None:
    seen = "import asyncio\nprint('a loop:', asyncio._get_running_loop() is not None)\n"
    assert worker.run(seen + source, server)["type"] == "ready"
    assert f"a loop: {running}" in worker.log


def test_a_second_run_waits_for_the_first(worker: WorkerProcess) -> None:
    for _ in range(3):
        worker.post("run", source=ASGI, module="a", path="a.py", app="app", server="uvicorn")
    for _ in range(3):
        assert worker.wait_for("ready", "failed")["type"] == "ready"
    assert body(worker.request(path="/once")) == b"/once"


def test_synchronous_endpoints_run_without_threads(worker: WorkerProcess) -> None:
    assert worker.run(STARLETTE, "uvicorn")["type"] == "ready"
    assert body(worker.request()) == b"inline"


def test_a_read_that_would_wait_for_ever_fails(worker: WorkerProcess) -> None:
    greedy = HELLO.replace("    start", "    environ['wsgi.input'].read()\n    start", 1)
    worker.run(greedy, "wsgiref")
    worker.request(method="POST", body=b"four")
    worker.stop()
    assert "on a real socket this request would hang" in worker.log


def test_prints_are_logged_in_order(worker: WorkerProcess) -> None:
    worker.run("import sys\nprint('one')\nprint('two', file=sys.stderr)\n" + HELLO, "wsgiref")
    assert worker.log == "one\ntwo\n"


def test_a_websocket_that_is_closed_takes_no_message(worker: WorkerProcess) -> None:
    worker.run(ASGI, "uvicorn")
    id_ = worker.open_websocket("/")
    assert worker.wait_for("error", id_=id_)["message"].startswith("The server refused")
    worker.post("send", id=id_, data="too late")
    assert worker.wait_for("error", id_=id_)["message"] == "This WebSocket is closed."


@pytest.mark.parametrize(
    "message",
    [
        {"type": "request", **REQUEST, "method": 5},
        {"type": "request", **REQUEST, "headers": [["only a name"]]},
        {"type": "request", "method": "GET"},
        {"type": "send", "data": None},
        {"type": "teleport"},
        {"type": ["run"]},
        {},
    ],
    ids=repr,
)
def test_a_message_of_another_shape_is_refused_by_its_id(
    worker: WorkerProcess, message: dict[str, Any]
) -> None:
    worker.run(HELLO, "wsgiref")
    worker.send({**message, "id": 77})
    assert worker.wait_for("error", id_=77)["message"]
    assert body(worker.request()) == b"hello from /"


@pytest.mark.parametrize("message", [None, 42, "run", [], {}, {"type": "abort"}], ids=repr)
def test_a_message_without_an_id_is_refused_in_the_log(
    worker: WorkerProcess, message: object
) -> None:
    worker.send(message)
    worker.wait_for("log")
    assert "The page's message is not as messages.py describes it" in worker.log
    assert worker.run(HELLO, "wsgiref")["type"] == "ready"


def test_a_run_of_another_shape_fails(worker: WorkerProcess) -> None:
    worker.send({"type": "run", "source": 5})
    assert worker.wait_for("failed")["message"] == "KeyError: 'server'"
    assert worker.run(HELLO, "wsgiref")["type"] == "ready"


def test_a_stop_is_confirmed_at_once_and_waits_for_the_start(worker: WorkerProcess) -> None:
    worker.post("run", source=ASGI, module="a", path="a.py", app="app", server="uvicorn")
    worker.post("stop")
    seen = [worker.wait_for("ready", "stopping", "stopped")["type"] for _ in range(3)]
    assert seen == ["stopping", "ready", "stopped"]
