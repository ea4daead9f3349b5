# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette's way: pure ASGI middleware, with help for the headers."""

import asyncio
import time
import uuid

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route


class IdAndTiming:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began = time.perf_counter()
        given = Headers(scope=scope).get("X-Request-ID")

        async def send_more(event):
            if event["type"] == "http.response.start":
                ms = (time.perf_counter() - began) * 1000
                headers = MutableHeaders(scope=event)
                headers["X-Request-ID"] = given or uuid.uuid4().hex
                headers["Server-Timing"] = f"app;dur={ms:.1f}"
            await send(event)

        await self.app(scope, receive, send_more)


async def numbers():
    for number in range(1, 4):
        yield f"{number}\n"
        await asyncio.sleep(0.1)


async def hello(request):
    return PlainTextResponse("Hello!\n")


async def stream(request):
    return StreamingResponse(numbers(), media_type="text/plain")


app = Starlette(
    routes=[Route("/", hello), Route("/stream", stream)],
    middleware=[Middleware(IdAndTiming)],
)
