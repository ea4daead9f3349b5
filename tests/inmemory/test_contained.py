"""What a program may do to the session and its clients: no answer is kept without end."""

import pytest
from helpers.worker_process import WorkerProcess

from runnable.inmemory.clients.http1 import MOST_BYTES, MOST_PIECES, TOO_LONG, TOO_MANY
from runnable.inmemory.clients.websocket import MOST_MESSAGES, TOO_MUCH

STREAMS = {
    "wsgiref": "def app(environ, start_response):\n"
    "    start_response('200 OK', [])\n"
    "    for _ in range({count}):\n        yield bytes({size})\n",
    "uvicorn": "async def app(scope, receive, send):\n"
    "    if scope['type'] != 'http': raise NotImplementedError\n"
    "    await send({{'type': 'http.response.start', 'status': 200, 'headers': []}})\n"
    "    for _ in range({count}):\n"
    "        body = {{'body': bytes({size}), 'more_body': True}}\n"
    "        await send({{'type': 'http.response.body', **body}})\n"
    "    await send({{'type': 'http.response.body'}})\n",
}
MESSAGES = """
async def app(scope, receive, send):
    if scope["type"] != "websocket": raise NotImplementedError
    await send({{"type": "websocket.accept"}})
    for _ in range({count}):
        await send({{"type": "websocket.send", "bytes": bytes({size})}})
"""
TIMES = {"many": (MOST_PIECES + 10, 1), "large": (MOST_BYTES // 1_000_000 + 5, 1_000_000)}


@pytest.mark.parametrize(
    ("server", "protocol", "much"),
    [
        ("wsgiref", "HTTP/1.1", "many"),
        ("uvicorn", "HTTP/1.1", "large"),
        ("hypercorn", "HTTP/2", "large"),
    ],
)
def test_a_client_leaves_an_answer_that_does_not_end(
    worker: WorkerProcess, server: str, protocol: str, much: str
) -> None:
    count, size = TIMES[much]
    source = STREAMS["wsgiref" if server == "wsgiref" else "uvicorn"]
    worker.run(source.format(count=count, size=size), server)
    events = worker.request(protocol=protocol)
    assert events[-1]["message"] in (TOO_LONG, TOO_MANY)
    assert sum(len(event.get("data", b"")) for event in events) <= MOST_BYTES
    assert sum(event["type"] == "data" for event in events) <= MOST_PIECES


@pytest.mark.parametrize("much", TIMES)
def test_a_client_leaves_a_websocket_that_does_not_end(worker: WorkerProcess, much: str) -> None:
    count, size = TIMES[much]
    worker.run(MESSAGES.format(count=count, size=size), "uvicorn")
    id_ = worker.open_websocket("/")
    assert worker.wait_for("error", id_=id_)["message"] == TOO_MUCH
    assert sum(event["type"] == "message" for event in worker.events[id_]) <= MOST_MESSAGES + 1
