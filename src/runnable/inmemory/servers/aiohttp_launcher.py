"""aiohttp's own server, as `web.run_app(app, host=…, port=…)` runs it, with its access log."""

import asyncio
import logging
from typing import Any

from aiohttp import web

from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.recording.aiohttp_taps import record_aiohttp
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.servers import StartError, Stop

IMPORTS_IN_LOOP = False


async def start(app: Any, host: str, port: int, network: MemoryNetwork, recorder: Recorder) -> Stop:
    """Serve an aiohttp Application; the network is found through the loop.

    Raises:
        StartError: where the object is not an aiohttp Application.
    """
    if not isinstance(app, web.Application):
        raise StartError(
            f"aiohttp's server runs an aiohttp.web.Application, not {type(app).__name__}."
        )
    record_aiohttp(app, recorder)
    logging.basicConfig(level="INFO")  # as in examples/servers.toml: aiohttp logs no access without
    running = asyncio.Event()

    def announce(text: str) -> None:
        print(text, flush=True)
        running.set()

    # run_app() makes a loop of its own; the coroutine that it runs there is this one.
    serving = asyncio.create_task(
        web._run_app(
            app, host=host, port=port, print=announce, handle_signals=False, shutdown_timeout=0.3
        )
    )
    waiting = asyncio.create_task(running.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        waiting.cancel()
        await serving

    async def stop() -> None:
        serving.cancel()
        await asyncio.wait({serving})

    return stop
