# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Bare ASGI: what blocks goes to a thread by asyncio.to_thread."""

import asyncio
import time


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/await":
        await asyncio.sleep(0.2)
    elif scope["path"] == "/to-thread":
        await asyncio.to_thread(time.sleep, 0.2)
    else:
        time.sleep(0.2)  # a mistake: it holds the event loop
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"status": 200, "headers": headers}
    await send({"type": "http.response.start", **start})
    body = b"Waited 0.2 s\n"
    await send({"type": "http.response.body", "body": body})
