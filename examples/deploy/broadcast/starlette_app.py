# /// script
# dependencies = ["starlette", "uvicorn", "wsproto", "redis"]
# tool.runnable.server = "uvicorn"
# ///
"""A chat of several processes: what one says, all hear, by Valkey."""

import asyncio
import os
import secrets
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

MOST = 100  # messages that wait for one client
valkey = Redis.from_url(os.environ["VALKEY_URL"], decode_responses=True)
inboxes = set()


@asynccontextmanager
async def lifespan(app):
    async with valkey, valkey.pubsub() as subscription:
        await subscription.subscribe("chat")
        listener = asyncio.create_task(listen(subscription))
        yield
        listener.cancel()


async def listen(subscription):
    async for message in subscription.listen():
        if message["type"] == "message":
            for inbox in [*inboxes]:
                if inbox.full():  # its client reads too slowly
                    inboxes.discard(inbox)
                    inbox.shutdown(immediate=True)
                else:
                    inbox.put_nowait(message["data"])


async def login(request):
    name = (await request.body()).decode()
    session = secrets.token_urlsafe()
    await valkey.set(f"session:{session}", name, ex=3600)
    response = PlainTextResponse(f"Hello, {name}.\n")
    response.set_cookie("session", session, httponly=True)
    return response


async def user(connection):
    session = connection.cookies.get("session", "")
    return await valkey.get(f"session:{session}")


async def page(request):
    name = await user(request)
    return PlainTextResponse(name or "", 200 if name else 401)


async def chat(websocket):
    origin = urlsplit(websocket.headers.get("origin", "")).netloc
    name = await user(websocket)
    if origin != websocket.headers["host"] or not name:
        await websocket.close()  # before accept: status 403
        return
    await websocket.accept()
    inbox = asyncio.Queue(MOST)
    inboxes.add(inbox)
    try:
        async with asyncio.TaskGroup() as tasks:
            sender = tasks.create_task(send(websocket, inbox))
            async for text in websocket.iter_text():
                await valkey.publish("chat", f"{name}: {text}")
            sender.cancel()
    finally:
        inboxes.discard(inbox)


async def send(websocket, inbox):
    with suppress(WebSocketDisconnect):
        try:
            while True:
                await websocket.send_text(await inbox.get())
        except asyncio.QueueShutDown:
            await websocket.close(1013, "You read too slowly")


app = Starlette(
    routes=[
        Route("/", page),
        Route("/login", login, methods=["POST"]),
        WebSocketRoute("/chat", chat),
    ],
    lifespan=lifespan,
)
