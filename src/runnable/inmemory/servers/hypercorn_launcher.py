"""Hypercorn's asyncio worker, as `hypercorn module:app` starts one: HTTP/1.1, HTTP/2, WebSocket."""

import asyncio
from typing import Any

from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.run import worker_serve
from hypercorn.config import Config, Sockets
from hypercorn.utils import wrap_app

from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.network.sockets import MemorySocket
from runnable.inmemory.recording.asgi_taps import recorded_asgi
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.recording.wsgi_taps import recorded_wsgi
from runnable.inmemory.servers import Stop

IMPORTS_IN_LOOP = False
GRACE = 0.3  # seconds for requests in flight at stop, before they are given up


async def start(app: Any, host: str, port: int, network: MemoryNetwork, recorder: Recorder) -> Stop:
    """Serve an ASGI application; the network is found through the loop.

    Raises:
        LifespanFailureError: where the application's start-up fails.
    """
    config = Config()
    config.graceful_timeout = GRACE
    listening: Any = MemorySocket((host, port))
    stopping = asyncio.Event()
    wrapped: Any = wrap_app(app, config.wsgi_max_body_size, mode=None)
    if isinstance(wrapped, ASGIWrapper):  # Hypercorn has looked at the application
        wrapped.app = recorded_asgi(wrapped.app, recorder)
    else:
        wrapped.app = recorded_wsgi(wrapped.app, recorder)
    serving = asyncio.create_task(
        worker_serve(
            wrapped,
            config,
            sockets=Sockets([], [listening], []),
            shutdown_trigger=stopping.wait,
        )
    )
    while port not in network.listening and not serving.done():
        await asyncio.sleep(0)
    if serving.done():
        await serving
    server, _ = network.listening[port]

    async def stop() -> None:
        stopping.set()
        await asyncio.wait({serving}, timeout=GRACE)
        server.abort_clients()  # Hypercorn waits until its clients have gone
        await serving

    return stop
