"""Uvicorn, as `uvicorn module:app` starts it where h11 and wsproto are installed."""

import asyncio
from typing import Any

import uvicorn

from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.recording.asgi_taps import recorded_asgi
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.servers import StartError, Stop

IMPORTS_IN_LOOP = True
GRACE = 1  # seconds for requests in flight at stop, before Uvicorn cancels them
STOP_TIMEOUT = 5.0  # seconds for all of the stop, with the application's own shutdown


async def start(app: Any, host: str, port: int, network: MemoryNetwork, recorder: Recorder) -> Stop:
    """Serve an ASGI application; the network is found through the loop.

    Raises:
        StartError: where Uvicorn gives up (a lifespan that fails, a port that is taken).
    """
    config = uvicorn.Config(
        app, host=host, port=port, http="h11", ws="wsproto", timeout_graceful_shutdown=GRACE
    )
    server = uvicorn.Server(config)

    async def serve() -> None:
        try:
            config.load()  # Uvicorn looks at what it serves, before that is recorded
            config.loaded_app = recorded_asgi(config.loaded_app, recorder)
            await server.serve()
        except (
            SystemExit
        ) as exit_:  # Uvicorn's way to say that it could not start; it has logged why
            raise StartError("Uvicorn did not start: its log says why.") from exit_

    serving = asyncio.create_task(serve())
    while not (server.started or serving.done()):
        await asyncio.sleep(0)
    if serving.done():
        await serving

    async def stop() -> None:
        server.should_exit = True
        ended, _ = await asyncio.wait({serving}, timeout=STOP_TIMEOUT)
        if ended:
            await serving
        else:
            serving.cancel()

    return stop
