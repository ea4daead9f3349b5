# /// script
# dependencies = []
# tool.runnable.server = "uvicorn"
# ///
"""What the capability tests ask of an ASGI server: a path each; see asgi_events.py, too."""

import asyncio
import time

import asgi_events

BLOCKS, PAUSE = 4, 0.2  # of /stream


async def app(scope, receive, send):
    """Find the last part of a path: servers differ in what they leave of a prefix."""
    if scope["type"] == "lifespan":
        await lifespan(scope, receive, send)
        return
    if scope["type"] == "websocket":
        await asgi_events.websocket(scope, receive, send)
        return
    path = "/" + scope["path"].rpartition("/")[2]
    if path in asgi_events.PATHS:
        await asgi_events.PATHS[path](scope, receive, send)
    else:
        await PATHS[path](receive, send)


async def lifespan(scope, receive, send):
    while (event := await receive())["type"] == "lifespan.startup":
        print(event["type"], flush=True)
        if "state" in scope:
            scope["state"]["pool"] = "open"
        await send({"type": "lifespan.startup.complete"})
    print(event["type"], flush=True)
    await send({"type": "lifespan.shutdown.complete"})


async def start(send, *headers):
    headers = [(b"content-type", b"text/plain"), *headers]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


async def text(send, told):
    body = told.encode()
    await start(send, (b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.body", "body": body})


async def hello(receive, send):
    await text(send, "hello")


async def sleep(receive, send):
    """Wait as an ASGI application should."""
    await asyncio.sleep(0.3)
    await text(send, "slept")


async def block(receive, send):
    """Wait as an ASGI application should not."""
    print("block began now", flush=True)
    time.sleep(2.0)
    print("block ended now", flush=True)
    await text(send, "blocked")


async def finish(receive, send):
    print("finish began now", flush=True)
    await asyncio.sleep(1.0)
    await text(send, "finished")


async def stream(receive, send):
    await start(send)
    for number in range(BLOCKS):
        if number:
            await asyncio.sleep(PAUSE)
        event = {"type": "http.response.body", "body": f"{number}\n".encode()}
        await send({**event, "more_body": True})
    await send({"type": "http.response.body"})


async def read(receive, send):
    """Tell the length of a body; the log tells of each part of it, when it is there."""
    count, more = 0, True
    while more:
        event = await receive()
        if event["body"]:
            count += len(event["body"])
            print(count, "bytes read", flush=True)
        more = event.get("more_body", False)
    await text(send, str(count))


async def echo(receive, send):
    body, more = b"", True
    while more:
        event = await receive()
        body += event["body"]
        more = event.get("more_body", False)
    await text(send, repr(body))


PATHS = {
    "/": hello,
    "/sleep": sleep,
    "/block": block,
    "/finish": finish,
    "/stream": stream,
    "/read": read,
    "/echo": echo,
}
