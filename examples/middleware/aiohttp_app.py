# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""aiohttp's way: middleware, and a signal for the headers."""

import asyncio
import time
import uuid

from aiohttp import web

routes = web.RouteTableDef()


@web.middleware
async def begin(request, handler):
    request["began"] = time.perf_counter()
    return await handler(request)


async def mark(request, response):
    given = request.headers.get("X-Request-ID")
    ms = (time.perf_counter() - request["began"]) * 1000
    response.headers["X-Request-ID"] = given or uuid.uuid4().hex
    response.headers["Server-Timing"] = f"app;dur={ms:.1f}"


@routes.get("/")
async def hello(request):
    return web.Response(text="Hello!\n")


@routes.get("/stream")
async def stream(request):
    response = web.StreamResponse()
    response.content_type = "text/plain"
    response.charset = "utf-8"
    await response.prepare(request)
    for number in range(1, 4):
        await response.write(f"{number}\n".encode())
        await asyncio.sleep(0.1)
    return response


app = web.Application(middlewares=[begin])
# Once the handler of a stream returns, its headers have long gone.
app.on_response_prepare.append(mark)
app.add_routes(routes)
