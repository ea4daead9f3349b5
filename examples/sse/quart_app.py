# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Server-sent events from Quart."""

import asyncio

from quart import Quart, Response, request

app = Quart(__name__)
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
async def stream():
    last = read_number(request.headers.get("Last-Event-ID", "0"))
    if last >= 4:  # it has all: a browser does not come back
        return Response(status=204)
    response = Response(
        events(last), headers=NO_BUFFER, mimetype="text/event-stream"
    )
    response.timeout = None  # otherwise Quart ends it after 60 s
    return response
