# /// script
# dependencies = ["sanic", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Server-sent events from Sanic."""

import asyncio

from sanic import Sanic
from sanic.response import empty

app = Sanic("events")
NO_BUFFER = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def read_number(event_id):
    try:
        return max(int(event_id), 0)
    except ValueError:  # a client may send any text as an id
        return 0


async def events(last):
    yield "retry: 2000\n\n"  # reconnect after 2 s
    for number in range(last + 1, 5):
        yield ": heartbeat\n\n"  # a comment, while there is no news
        await asyncio.sleep(0.1)
        yield f"data: {number * 25} %\nid: {number}\n\n"


@app.get("/")
async def stream(request):
    last = read_number(request.headers.get("Last-Event-ID", "0"))
    if last >= 4:  # it has all: a browser does not come back
        return empty()
    response = await request.respond(
        content_type="text/event-stream; charset=utf-8",
        headers=NO_BUFFER,
    )
    async for event in events(last):
        await response.send(event)
    await response.eof()
