# /// script
# dependencies = ["aiohttp", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""aiohttp under an ASGI server, by a wrapper of ninety lines."""

import asyncio

from aiohttp import HttpVersion11, StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL


class AsgiApp:
    """Makes an ASGI application of an aiohttp one (no WebSocket)."""

    def __init__(self, app):
        self.runner = web.AppRunner(app)

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "http":
            await self.answer(scope, receive, send)
        else:
            raise NotImplementedError(scope["type"])

    async def live(self, receive, send):
        await receive()
        try:
            await self.runner.setup()
        except Exception as error:
            why = {"message": repr(error)}
            await send({"type": "lifespan.startup.failed", **why})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.runner.cleanup()
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, scope, receive, send):
        server = self.runner.server
        protocol = server()  # holds settings; no bytes come here
        peer = {"peername": scope.get("client")}
        protocol.transport = asyncio.Transport(peer)
        body = StreamReader(protocol, 2**16)
        request = server.request_factory(
            message(scope), body, protocol, Writer(send), None
        ).clone(scheme=scope["scheme"])
        reading = asyncio.create_task(feed(body, receive))
        try:
            response = await server.request_handler(request)
        except web.HTTPException as raised:
            response = raised
        finally:
            reading.cancel()
        await response.prepare(request)
        await response.write_eof()


def message(scope):
    raw = tuple(scope["headers"])
    pairs = [(k.decode("latin1"), v.decode("latin1")) for k, v in raw]
    headers = CIMultiDictProxy(CIMultiDict(pairs))
    target = (scope["raw_path"] + b"?" + scope["query_string"]).decode()
    start = scope["method"], target, HttpVersion11, headers, raw
    flags = False, None, False, False
    return RawRequestMessage(*start, *flags, URL(target, encoded=True))


async def feed(body, receive):
    event = {"more_body": True}
    while event.get("more_body"):
        event = await receive()
        if event["type"] == "http.disconnect":
            body.set_exception(ConnectionResetError("client left"))
        body.feed_data(event.get("body", b""))
    body.feed_eof()


class Writer(AbstractStreamWriter):
    """Where aiohttp writes its answer: each write is an event."""

    def __init__(self, send):
        self.send = send

    async def write_headers(self, status_line, headers):
        framing = ("transfer-encoding", "connection")  # the server's
        pairs = [
            (name.lower().encode(), value.encode())
            for name, value in headers.items()
            if name.lower() not in framing
        ]
        status = int(status_line.split()[1])
        start = {"status": status, "headers": pairs}
        await self.send({"type": "http.response.start", **start})

    async def write(self, chunk, more_body=True):
        body = {"body": bytes(chunk), "more_body": more_body}
        await self.send({"type": "http.response.body", **body})

    async def write_eof(self, chunk=b""):
        await self.write(chunk, more_body=False)

    async def drain(self):
        """Each event is awaited: nothing is left to write."""

    def enable_chunking(self):
        """The server frames the body."""

    def enable_compression(self, *_):
        raise NotImplementedError("let a proxy compress")


# From here on, an aiohttp application like any other.

routes = web.RouteTableDef()
greeting = web.AppKey("greeting", str)


@routes.get("/")
async def greet(request):
    return web.Response(text=request.app[greeting])


@routes.post("/echo")
async def echo(request):
    return web.Response(text=await request.text())


@routes.get("/count")
async def count(request):
    response = web.StreamResponse()
    await response.prepare(request)
    for number in range(1, 4):
        await response.write(f"{number}\n".encode())
        await asyncio.sleep(0.15)
    return response


async def start_and_stop(app):
    app[greeting] = "Hello through a bridge\n"
    yield
    print("Given back at the end", flush=True)


aiohttp_app = web.Application()
aiohttp_app.cleanup_ctx.append(start_and_stop)
aiohttp_app.add_routes(routes)
app = AsgiApp(aiohttp_app)
