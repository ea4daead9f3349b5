# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Pure ASGI middleware: a request's id, and the time to its answer."""

import asyncio
import time
import uuid


def middleware(app):
    async def wrapped(scope, receive, send):
        if scope["type"] != "http":
            return await app(scope, receive, send)
        began = time.perf_counter()
        given = dict(scope["headers"]).get(b"x-request-id")
        request_id = given or uuid.uuid4().hex.encode()

        async def send_more(event):
            if event["type"] == "http.response.start":
                ms = (time.perf_counter() - began) * 1000
                more = [
                    (b"x-request-id", request_id),
                    (b"server-timing", f"app;dur={ms:.1f}".encode()),
                ]
                headers = [*event.get("headers", ()), *more]
                event = {**event, "headers": headers}
            await send(event)

        await app(scope, receive, send_more)

    return wrapped


@middleware
async def app(scope, receive, send):
    if scope["type"] != "http":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"type": "http.response.start", "status": 200}
    await send({**start, "headers": headers})
    body = {"type": "http.response.body"}
    if scope["path"] != "/stream":
        await send({**body, "body": b"Hello!\n"})
        return
    for number in range(1, 4):
        piece = f"{number}\n".encode()
        await send({**body, "body": piece, "more_body": True})
        await asyncio.sleep(0.1)
    await send(body)
