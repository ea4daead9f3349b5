# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""Server-sent events from aiohttp."""

import asyncio

from aiohttp import web

NO_BUFFER = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
routes = web.RouteTableDef()


def read_number(event_id):
    try:
        return max(int(event_id), 0)
    except ValueError:  # a client may send any text as an id
        return 0


async def events(last):
    yield b"retry: 2000\n\n"  # reconnect after 2 s
    for number in range(last + 1, 5):
        yield b": heartbeat\n\n"  # a comment, while there is no news
        await asyncio.sleep(0.1)
        yield f"data: {number * 25} %\nid: {number}\n\n".encode()


@routes.get("/")
async def stream(request):
    last = read_number(request.headers.get("Last-Event-ID", "0"))
    if last >= 4:  # it has all: a browser does not come back
        return web.Response(status=204)
    response = web.StreamResponse(headers=NO_BUFFER)
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    await response.prepare(request)
    async for event in events(last):
        await response.write(event)
    return response


app = web.Application()
app.add_routes(routes)
