# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Server-sent events from a bare ASGI application."""

import asyncio


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


async def app(scope, receive, send):
    if scope["type"] != "http":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    given = dict(scope["headers"]).get(b"last-event-id", b"0")
    last = read_number(given)
    if last >= 4:  # it has all: a browser does not come back
        await send({"type": "http.response.start", "status": 204})
        await send({"type": "http.response.body"})
        return
    start = {"type": "http.response.start", "status": 200}
    start["headers"] = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-cache"),
        (b"x-accel-buffering", b"no"),
    ]
    await send(start)
    body = {"type": "http.response.body"}
    async for event in events(last):
        await send({**body, "body": event, "more_body": True})
    await send(body)
