"""What the pages say of clients that leave, tried on real servers."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.catalogue import ALL, SERVERS
from helpers.drivers import run_apart
from helpers.patience import PATIENCE, wait_until
from helpers.serving import serving

from runnable.catalogue.servers import ServerSpec
from runnable.inmemory.clients.websocket import WebSocketClient

# The example of a WebSocket without its header: it ends by telling the code that it was told.
_, _, ECHO = ALL["websocket/bare_asgi_app.py"].source.partition("\n# ///\n")
TELLING = ECHO + '    print("told", event["code"], flush=True)\n'
# No code came from the client, for which ASGI has 1005, and RFC 6455 (7.1.5) 1006.
WITHOUT_A_CODE = ("told 1005", "told 1006")
ASGI = [s for s in SERVERS.values() if s.interface == "ASGI" and not s.framework]


async def open_and_break_off(port: int) -> None:
    """Open a WebSocket, and end its connection without a closing handshake."""
    opened = asyncio.Event()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(
        lambda: WebSocketClient("/", "localhost", lambda _: opened.set()), "127.0.0.1", port
    )
    async with asyncio.timeout(PATIENCE):
        await opened.wait()
    transport.abort()


@pytest.mark.parametrize("server", ASGI, ids=lambda server: server.name)
def test_a_websocket_that_breaks_off_has_code_1005_or_1006(
    server: ServerSpec, tmp_path: Path, need: Callable[[ServerSpec], None]
) -> None:
    need(server)
    with serving(TELLING, server, tmp_path) as running:
        run_apart(open_and_break_off(running.port))
        wait_until(lambda: "told" in running.log())
        said = [line for line in running.log().splitlines() if line.startswith("told ")]
    assert said
    assert set(said) <= set(WITHOUT_A_CODE)
