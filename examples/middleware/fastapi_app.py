# /// script
# dependencies = ["fastapi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""FastAPI's way: a function around each request."""

import asyncio
import time
import uuid

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, StreamingResponse

app = FastAPI(default_response_class=PlainTextResponse)


@app.middleware("http")
async def id_and_timing(request, call_next):
    began = time.perf_counter()
    request_id = request.headers.get("X-Request-ID", uuid.uuid4().hex)
    response = await call_next(request)
    ms = (time.perf_counter() - began) * 1000
    response.headers["X-Request-ID"] = request_id
    response.headers["Server-Timing"] = f"app;dur={ms:.1f}"
    return response


async def numbers():
    for number in range(1, 4):
        yield f"{number}\n"
        await asyncio.sleep(0.1)


@app.get("/")
async def hello():
    return "Hello!\n"


@app.get("/stream")
async def stream():
    return StreamingResponse(numbers(), media_type="text/plain")
