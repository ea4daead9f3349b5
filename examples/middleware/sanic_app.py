# /// script
# dependencies = ["sanic", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Sanic's way: functions before request and response."""

import asyncio
import time
import uuid

from sanic import Sanic
from sanic.response import text

app = Sanic("middleware")


@app.on_request
async def begin(request):
    request.ctx.began = time.perf_counter()


@app.on_response
async def mark(request, response):
    given = request.headers.get("X-Request-ID")
    ms = (time.perf_counter() - request.ctx.began) * 1000
    response.headers["X-Request-ID"] = given or uuid.uuid4().hex
    response.headers["Server-Timing"] = f"app;dur={ms:.1f}"


@app.get("/")
async def hello(request):
    return text("Hello!\n")


@app.get("/stream")
async def stream(request):
    response = await request.respond(
        content_type="text/plain; charset=utf-8"
    )
    for number in range(1, 4):
        await response.send(f"{number}\n")
        await asyncio.sleep(0.1)
    await response.eof()
