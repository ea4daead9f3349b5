# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""What the capability tests of the connection ask of aiohttp's server: a path each."""

import asyncio
import time

from aiohttp import web

BLOCKS, PAUSE = 4, 0.2  # of /stream


async def hello(request):
    return web.Response(text="hello")


async def sleep(request):
    """Wait as a handler should."""
    await asyncio.sleep(0.3)
    return web.Response(text="slept")


async def block(request):
    """Wait as a handler should not."""
    print("block began now", flush=True)
    time.sleep(2.0)
    print("block ended now", flush=True)
    return web.Response(text="blocked")


async def finish(request):
    print("finish began now", flush=True)
    await asyncio.sleep(1.0)
    return web.Response(text="finished")


async def stream(request):
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    for number in range(BLOCKS):
        if number:
            await asyncio.sleep(PAUSE)
        await response.write(f"{number}\n".encode())
    return response


async def read(request):
    """Tell the length of a body; the log tells of each part of it, when it is there."""
    count = 0
    async for part in request.content.iter_any():
        count += len(part)
        print(count, "bytes read", flush=True)
    return web.Response(text=str(count))


async def echo(request):
    return web.Response(text=repr(await request.read()))


async def client(request):
    """Tell who asks, and how, as the server sees it."""
    return web.Response(text=f"{request.scheme} {request.remote}")


app = web.Application()
app.add_routes(
    [
        web.get("/", hello),
        web.get("/client", client),
        web.get("/sleep", sleep),
        web.get("/block", block),
        web.get("/finish", finish),
        web.get("/stream", stream),
        web.post("/read", read),
        web.post("/echo", echo),
    ]
)
