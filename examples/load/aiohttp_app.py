# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""An aiohttp application to measure: it waits, computes, streams."""

import asyncio

from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/")
async def hello(request):
    return web.Response(text="Hello\n")


@routes.get("/wait")
async def wait(request):
    await asyncio.sleep(0.05)
    return web.Response(text="Waited 0.05 s\n")


@routes.get("/compute")
async def compute(request):
    total = sum(number % 7 for number in range(1_000_000))
    return web.Response(text=f"{total}\n")


@routes.get("/stream")
async def stream(request):
    response = web.StreamResponse()
    response.content_type = "text/plain"
    response.charset = "utf-8"
    await response.prepare(request)
    for _ in range(10):
        await response.write(b"tick\n")
        await asyncio.sleep(0.1)
    return response


@routes.get("/echo")
async def echo(request):
    websocket = web.WebSocketResponse()
    await websocket.prepare(request)
    async for message in websocket:
        await websocket.send_str(message.data)
    return websocket


app = web.Application()
app.add_routes(routes)
