# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Quart: async def runs on the event loop, def in a thread."""

import asyncio
import time

from quart import Quart, Response
from quart.utils import run_sync

app = Quart(__name__)


def waited():
    return Response("Waited 0.2 s\n", mimetype="text/plain")


@app.get("/await")
async def wait():
    await asyncio.sleep(0.2)
    return waited()


@app.get("/def")
def wait_in_a_thread():
    time.sleep(0.2)
    return waited()


@app.get("/to-thread")
async def send_to_a_thread():
    await run_sync(time.sleep)(0.2)
    return waited()
