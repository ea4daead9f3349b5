"""Answers that the interfaces allow and a server may not send: pages tell of them."""

import http.client
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.defects import DEFECTS, judge, marks
from helpers.paths import EXAMPLES
from helpers.patience import PATIENCE

from runnable.catalogue.examples import load_example
from runnable.catalogue.servers import ServerSpec, load_servers
from runnable.harness.processes import boot

SERVERS = load_servers(EXAMPLES / "servers.toml")

EMPTY_ITERABLE_APP = """
def app(environ, start_response):
    start_response("200 OK", [("X-Sent", "yes"), ("Content-Length", "0")])
    return []
"""
ITERATOR_APP = """
async def app(scope, receive, send):
    if scope["type"] == "http":
        headers = iter([(b"x-sent", b"yes"), (b"content-length", b"0")])
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})
"""
KNOWN = {
    "hypercorn-wsgi": DEFECTS["hypercorn-empty-iterable"],
    "gunicorn-asgi": DEFECTS["gunicorn-reads-headers-twice"],
    "daphne": DEFECTS["daphne-reads-headers-twice"],
}


def servers(interface: str) -> list[Any]:
    return [
        pytest.param(spec, id=name, marks=marks(KNOWN.get(name)))
        for name, spec in SERVERS.items()
        if spec.interface == interface and not spec.framework
    ]


def complaints(server: ServerSpec, app: str, folder: Path) -> list[str]:
    """Serve an application in place of an example; say what its answer lacks."""
    name = f"bare_{server.interface.lower()}_app.py"
    (folder / "hello").mkdir()
    shutil.copy(EXAMPLES / "servers.toml", folder)
    shutil.copy(EXAMPLES / "hello/requests.toml", folder / "hello")
    header = (EXAMPLES / "hello" / name).read_text("utf-8").partition('"""')[0]
    (folder / "hello" / name).write_text(f'{header}"""Another application."""\n{app}', "utf-8")
    with boot(load_example(folder / "hello" / name), server.name) as running:
        connection = http.client.HTTPConnection(running.host, running.port, timeout=PATIENCE)
        connection.request("GET", "/")
        answer = connection.getresponse()
        connection.close()
    if answer.status != 200:
        return [f"status is {answer.status}"]
    sent = answer.getheader("X-Sent")
    return [] if sent == "yes" else [f"X-Sent is {sent}"]


@pytest.mark.parametrize("server", servers("WSGI"))
def test_empty_iterable_is_an_answer(
    server: ServerSpec, need: Callable[[ServerSpec], None], tmp_path: Path
) -> None:
    need(server)
    judge(complaints(server, EMPTY_ITERABLE_APP, tmp_path), KNOWN.get(server.name))


@pytest.mark.parametrize("server", servers("ASGI"))
def test_headers_that_can_be_read_once_are_sent(
    server: ServerSpec, need: Callable[[ServerSpec], None], tmp_path: Path
) -> None:
    need(server)
    judge(complaints(server, ITERATOR_APP, tmp_path), KNOWN.get(server.name))
