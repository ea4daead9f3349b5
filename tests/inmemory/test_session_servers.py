"""Servers that follow one another in an interpreter, are stopped, or are asked for HTTP/2."""

import sys

import pytest
from helpers.applications import ASGI, HELLO, body
from helpers.worker_process import WorkerProcess

from runnable.inmemory.session import http_client


def test_a_request_may_ask_for_http2(worker: WorkerProcess) -> None:
    source = ASGI.replace('scope["raw_path"]', 'b"by HTTP/" + scope["http_version"].encode()')
    assert worker.run(source, "hypercorn")["type"] == "ready"
    events = worker.request(protocol="HTTP/2")
    assert events[0]["startLine"] == "HTTP/2 200"
    assert body(events) == b"by HTTP/2"
    assert body(worker.request(protocol="HTTP/1.1")) == b"by HTTP/1.1"
    assert worker.request("GET", "/", [("TE", "gzip")], protocol="HTTP/2")[0]["message"].startswith(
        "This request cannot be sent: "
    )
    assert worker.request(protocol="HTTP/3")[0]["message"] == "HTTP/3 is not spoken here."


def test_without_its_package_http2_is_refused_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "runnable.inmemory.clients.http2", None)
    with pytest.raises(ValueError, match="This server does not speak HTTP/2; Hypercorn does"):
        http_client("HTTP/2")


def test_servers_may_follow_one_another(worker: WorkerProcess) -> None:
    for server in ("waitress", "gunicorn", "wsgiref", "waitress"):
        assert worker.run(HELLO, server)["type"] == "ready"
        assert body(worker.request()) == b"hello from /"
    worker.stop()
    assert worker.log.count("INFO:waitress:Serving on http://127.0.0.1:8000") == 2
    assert "INFO:gunicorn" not in worker.log  # the log of one is not another's


def test_start_up_that_fails_is_told(worker: WorkerProcess) -> None:
    source = """
async def app(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database"})
"""
    message = worker.run(source, "hypercorn")
    assert message["type"] == "failed"
    assert "no database" in message["message"]
    assert worker.run(ASGI, "hypercorn")["type"] == "ready"


@pytest.mark.parametrize("protocol", ["HTTP/1.1", "HTTP/2"])
def test_a_server_stops_though_a_stream_runs(worker: WorkerProcess, protocol: str) -> None:
    source = """
import asyncio
async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await asyncio.sleep(0.01)
"""
    assert worker.run(source, "hypercorn")["type"] == "ready"
    id_ = worker.send_request(protocol=protocol)
    worker.wait_for("data", id_=id_)
    worker.stop()
    assert worker.events[id_][-1]["type"] == "error"
    assert worker.run(ASGI, "hypercorn")["type"] == "ready"


def test_an_exit_ends_no_server(worker: WorkerProcess) -> None:
    leave = "    if environ['PATH_INFO'] == '/exit': exit(1)\n"
    source = HELLO.replace("    start", leave + "    start")
    for server in ("wsgiref", "gunicorn", "waitress"):
        assert worker.run(source, server)["type"] == "ready"
        worker.send_request(path="/exit")  # Waitress gives no answer to it
        assert body(worker.request()) == b"hello from /"
        assert "SystemExit: 1" in worker.log
        worker.log = ""
