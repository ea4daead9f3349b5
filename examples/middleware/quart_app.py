# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Quart's way: functions before and after each request."""

import asyncio
import time
import uuid

from quart import Quart, Response, g, request

app = Quart(__name__)


@app.before_request
async def begin():
    g.began = time.perf_counter()
    g.id = request.headers.get("X-Request-ID", uuid.uuid4().hex)


@app.after_request
async def mark(response):
    ms = (time.perf_counter() - g.began) * 1000
    response.headers["X-Request-ID"] = g.id
    response.headers["Server-Timing"] = f"app;dur={ms:.1f}"
    return response


async def numbers():
    for number in range(1, 4):
        yield f"{number}\n"
        await asyncio.sleep(0.1)


@app.get("/")
async def hello():
    return Response("Hello!\n", mimetype="text/plain")


@app.get("/stream")
async def stream():
    return Response(numbers(), mimetype="text/plain")
