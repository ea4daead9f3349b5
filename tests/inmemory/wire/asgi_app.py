# /// script
# dependencies = ["uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""An ASGI application for what crosses the wire: bodies, failures, WebSockets, a lifespan."""

import asyncio

come = []
all_here = asyncio.Event()


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "websocket":
        await websocket(scope, receive, send)
    else:
        await http(scope, receive, send)


async def lifespan(receive, send):
    await receive()
    print("the application starts", flush=True)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    print("the application stops", flush=True)
    await send({"type": "lifespan.shutdown.complete"})


async def websocket(scope, receive, send):
    await receive()
    if scope["path"] == "/refuse":
        await send({"type": "websocket.close"})
        return
    chosen = next(iter(scope["subprotocols"]), None)
    await send({"type": "websocket.accept", "subprotocol": chosen})
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            print("the client closed with", event["code"], flush=True)
            return
        if event.get("text") == "bye":
            await send({"type": "websocket.close", "code": 4001, "reason": "as you wish"})
            return
        await send({**event, "type": "websocket.send"})


async def fifty():
    """Wait until fifty requests have come."""
    come.append(None)
    if len(come) == 50:
        all_here.set()
    await all_here.wait()


async def http(scope, receive, send):
    path = scope["path"]
    body = b""
    if path != "/unread":
        more = True
        while more:
            event = await receive()
            body += event.get("body", b"")
            more = event.get("more_body", False)
    if path == "/fail":
        raise RuntimeError("a failure to be logged")
    headers = [(b"content-type", b"text/plain"), (b"x-twice", b"a"), (b"x-twice", b"b")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if path == "/endless":
        gone = asyncio.ensure_future(receive())
        number = 0
        while not gone.done():
            chunk = b"%05d" % number + b"." * 10_000
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await asyncio.sleep(0.01)
            number += 1
        print("the stream was closed", flush=True)
        return
    if path == "/fifty":
        await fifty()
    if path == "/big":
        body = b"0123456789abcdef" * 65536
    if path == "/length":
        body = str(len(body)).encode()
    await send({"type": "http.response.body", "body": body or b"hello"})
