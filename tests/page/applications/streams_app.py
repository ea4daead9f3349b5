"""Streams: server-sent events, a long body, and a WebSocket that tells what it was sent."""

import asyncio

go_on = asyncio.Event()
EVENTS = [
    b": welcome\n\nretry: 2500\n\n",
    b"id: 1\nevent: tick\ndata: one\ndata: two\n\nid: 2\nda",
    "ta: Grüße <img src=x>\r\n\r\n".encode(),
]


async def app(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
        if scope["path"] == "/denied":
            headers = [(b"content-type", b"text/plain"), (b"x-why", b"no ticket")]
            denial = {"type": "websocket.http.response.start", "status": 403, "headers": headers}
            await send(denial)
            await send({"type": "websocket.http.response.body", "body": b"Buy a ticket."})
            return
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            print(f"got {event.get('text')!r} {event.get('bytes')!r}")
            await send({"type": "websocket.send", "bytes": b"\x00\xff"})
        print(f"closed {event['code']} {event.get('reason')!r}")
        return
    if scope["type"] != "http":
        raise NotImplementedError
    path = scope["path"]
    if path == "/go-on":
        go_on.set()
    kind = b"text/event-stream" if path == "/events" else b"text/plain"
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]}
    await send(start)
    pieces = {"/events": EVENTS, "/long": [b"x" * 100_000] * 100}.get(path, [])
    for piece in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    if pieces:
        await asyncio.wait(
            [asyncio.create_task(go_on.wait()), told := asyncio.create_task(until_left(receive))],
            return_when=asyncio.FIRST_COMPLETED,
        )
        told.cancel()
        go_on.clear()
    await send({"type": "http.response.body", "body": b""})


async def until_left(receive):
    while (event := await receive())["type"] != "http.disconnect":
        pass
    print(f"told {event['type']}")
