# /// script
# dependencies = ["fastapi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""FastAPI: async def runs on the event loop, def in a thread."""

import asyncio
import time

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI(default_response_class=PlainTextResponse)


@app.get("/await")
async def wait():
    await asyncio.sleep(0.2)
    return "Waited 0.2 s\n"


@app.get("/def")
def wait_in_a_thread():
    time.sleep(0.2)
    return "Waited 0.2 s\n"


@app.get("/to-thread")
async def send_to_a_thread():
    await asyncio.to_thread(time.sleep, 0.2)
    return "Waited 0.2 s\n"
