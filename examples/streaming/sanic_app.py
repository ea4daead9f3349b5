# /// script
# dependencies = ["sanic", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Sanic streams what a handler sends."""

import asyncio

from sanic import Sanic

app = Sanic("count")


@app.get("/")
async def count(request):
    response = await request.respond(
        content_type="text/plain; charset=utf-8"
    )
    for number in range(1, 5):
        await response.send(f"{number}\n")
        await asyncio.sleep(0.15)
    await response.eof()
