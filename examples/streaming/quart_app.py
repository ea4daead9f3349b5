# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Quart streams what an asynchronous generator yields."""

import asyncio

from quart import Quart

app = Quart(__name__)


@app.get("/")
async def count():
    async def numbers():
        for number in range(1, 5):
            yield f"{number}\n".encode()
            await asyncio.sleep(0.15)

    return numbers(), {"Content-Type": "text/plain; charset=utf-8"}
