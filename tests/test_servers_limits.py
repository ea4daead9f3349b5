"""What servers of one interface do differently, tried on each: its page tells of it.

A limit is a strict xfail with the text that it rests on, so that a release that lifts it is
noticed.
"""

import asyncio
import contextlib
import functools
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from drivers import wait_until_silent

from runnable.browser.websocket_client import WebSocketClient
from runnable.examples import load_example
from runnable.servers import ServerSpec, boot, load_servers

EXAMPLES = Path(__file__).parent.parent / "examples"
SERVERS = load_servers(EXAMPLES / "servers.toml")

LIFESPAN = {"daphne": "it has no lifespan: django/daphne#264"}
CLOSE_CODE = {"hypercorn": "it tells 1006 where the client said 1000: pgjones/hypercorn#127"}

TELLING_APP = """
async def app(scope, receive, send):
    if scope["type"] == "http":
        headers = [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})
        return
    while True:
        event = await receive()
        print(event["type"], event.get("code", ""), flush=True)
        match event["type"]:
            case "lifespan.startup" | "lifespan.shutdown":
                await send({"type": event["type"] + ".complete"})
            case "websocket.connect":
                await send({"type": "websocket.accept"})
            case "websocket.disconnect":
                return
"""


def servers(interface: str, limits: Mapping[str, str]) -> list[Any]:
    """Every server of an interface, those with the limit as a strict xfail."""
    return [
        pytest.param(
            spec,
            id=name,
            marks=[pytest.mark.xfail(reason=limits[name])] if name in limits else [],
        )
        for name, spec in SERVERS.items()
        if spec.interface == interface
    ]


@functools.cache
def told(server: str) -> str:
    """What TELLING_APP tells under a server: of its start, of a WebSocket, of its end."""

    async def talk(port: int) -> None:
        opened = asyncio.Event()
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: WebSocketClient("/", "localhost", lambda _: opened.set()), "127.0.0.1", port
        )
        async with asyncio.timeout(10):
            await opened.wait()
            client.close(1000)
            await client.finished

    with TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLES / "hello", Path(folder) / "hello")
        shutil.copy(EXAMPLES / "servers.toml", folder)
        path = Path(folder) / "hello/bare_asgi_app.py"
        header = path.read_text().partition('"""')[0]
        path.write_text(f'{header}"""Tells what it receives."""\n{TELLING_APP}')
        with boot(load_example(path), server) as running:
            asyncio.run(talk(running.port))
            wait_until_silent(running.log)
            log = running.log_path.open()  # it outlives its name
        with contextlib.closing(log):
            return log.read()


@pytest.mark.parametrize("server", servers("ASGI", LIFESPAN))
def test_lifespan_is_told(server: ServerSpec, need: Callable[[ServerSpec], None]) -> None:
    need(server)
    assert "lifespan.startup" in told(server.name)
    assert "lifespan.shutdown" in told(server.name)


@pytest.mark.parametrize("server", servers("ASGI", CLOSE_CODE))
def test_close_code_of_the_client_is_told(
    server: ServerSpec, need: Callable[[ServerSpec], None]
) -> None:
    need(server)
    assert "websocket.disconnect 1000" in told(server.name)
