"""Hypercorn, as `hypercorn module:app` starts it: HTTP/1.1, h2c and WebSocket, in one worker."""

import asyncio
from typing import Any

from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.run import worker_serve
from hypercorn.config import Config, Sockets

from runnable.browser.network import MemoryNetwork
from runnable.browser.servers import Stop
from runnable.browser.transport import MemorySocket

GRACE = 0.3  # seconds for requests in flight at stop, before they are given up


async def start(app: Any, host: str, port: int, network: MemoryNetwork) -> Stop:
    """Serve an ASGI application; the network is found through the loop.

    Raises:
        Exception: what Hypercorn raises where it does not start.
    """
    config = Config()
    config.graceful_timeout = GRACE
    listening: Any = MemorySocket((host, port))
    stopping = asyncio.Event()
    serving = asyncio.create_task(
        worker_serve(
            ASGIWrapper(app),
            config,
            sockets=Sockets([], [listening], []),
            shutdown_trigger=stopping.wait,
        )
    )
    while port not in network.listening and not serving.done():
        await asyncio.sleep(0)
    if serving.done():
        await serving

    async def stop() -> None:
        stopping.set()
        await serving

    return stop
