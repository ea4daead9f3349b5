# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""An aiohttp application for what crosses the wire: bodies, failures, WebSockets, a clean-up."""

import asyncio

from aiohttp import WSMsgType, web

come = []
all_here = asyncio.Event()


def plain(body):
    headers = {"Content-Type": "text/plain", "X-Twice": "a"}
    response = web.Response(body=body, headers=headers)
    response.headers.add("X-Twice", "b")
    return response


async def echo(request):
    return plain(await request.read() or b"hello")


async def length(request):
    return plain(str(len(await request.read())).encode())


async def big(request):
    return plain(b"0123456789abcdef" * 65536)


async def fifty(request):
    """Wait until fifty requests have come."""
    come.append(None)
    if len(come) == 50:
        all_here.set()
    await all_here.wait()
    return plain(b"hello")


async def fail(request):
    raise RuntimeError("a failure to be logged")


async def endless(request):
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        for number in range(1000):
            await response.write(b"%05d" % number + b"." * 10_000)
            await asyncio.sleep(0.01)
    finally:
        print("the stream was closed", flush=True)
    return response


async def websocket(request):
    offered = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
    socket = web.WebSocketResponse(protocols=[name.strip() for name in offered if name])
    await socket.prepare(request)
    async for message in socket:
        if message.data == "bye":
            await socket.close(code=4001, message=b"as you wish")
        elif message.type is WSMsgType.TEXT:
            await socket.send_str(message.data)
        else:
            await socket.send_bytes(message.data)
    print("the WebSocket closed with", socket.close_code, flush=True)
    return socket


async def stop(app):
    print("the application stops", flush=True)


app = web.Application(client_max_size=4 * 1024 * 1024)
app.on_cleanup.append(stop)
app.add_routes(
    [
        web.get("/", echo),
        web.post("/", echo),
        web.post("/length", length),
        web.get("/big", big),
        web.get("/fifty", fifty),
        web.get("/fail", fail),
        web.get("/endless", endless),
        web.get("/ws", websocket),
    ]
)
