# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""An ASGI application that keeps its user in a context variable."""

import asyncio
from contextvars import ContextVar
from itertools import count

numbers = count(1)
mine = ContextVar("mine", default=0)
latest = 0  # one for all requests
user = ContextVar("user", default="nobody")


async def who():
    return user.get()


async def forget():
    user.set("Ada")
    return user.get()


async def tidy():
    token = user.set("Ada")
    try:
        return user.get()
    finally:
        user.reset(token)


async def variable():
    number = next(numbers)
    mine.set(number)
    await asyncio.sleep(0.2)  # others come in between
    return "Still mine" if mine.get() == number else "Another's"


async def module():
    global latest
    latest = number = next(numbers)
    await asyncio.sleep(0.2)
    return "Still mine" if latest == number else "Another's"


PATHS = {
    "/who": who,
    "/forget": forget,
    "/tidy": tidy,
    "/variable": variable,
    "/global": module,
}


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body = f"{await PATHS[scope['path']]()}\n".encode()
    kind = b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind)]
    headers.append((b"content-length", str(len(body)).encode()))
    start = {"type": "http.response.start", "status": 200}
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": body})
