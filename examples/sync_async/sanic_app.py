# /// script
# dependencies = ["sanic", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Sanic calls a def handler on the event loop: nobody else runs."""

import asyncio
import time

from sanic import Sanic
from sanic.response import text

app = Sanic("Waiting", configure_logging=False)


@app.get("/await")
async def wait(request):
    await asyncio.sleep(0.2)
    return text("Waited 0.2 s\n")


@app.get("/def")
def wait_on_the_loop(request):
    time.sleep(0.2)
    return text("Waited 0.2 s\n")


@app.get("/to-thread")
async def send_to_a_thread(request):
    await asyncio.to_thread(time.sleep, 0.2)
    return text("Waited 0.2 s\n")
