# /// script
# dependencies = ["asgiref", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""An ASGI application with types, of the package asgiref."""

from asgiref.typing import (
    ASGIReceiveCallable,
    ASGISendCallable,
    HTTPResponseBodyEvent,
    HTTPResponseStartEvent,
    Scope,
)

TYPE = (b"content-type", b"text/plain; charset=utf-8")


async def app(
    scope: Scope,
    receive: ASGIReceiveCallable,
    send: ASGISendCallable,
) -> None:
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body = b""
    more_body = True
    while more_body:
        event = await receive()
        if event["type"] != "http.request":
            return  # the client has left
        # Both keys are optional, whatever the type says: so get().
        body += event.get("body", b"")
        more_body = event.get("more_body", False)
    size = (b"content-length", str(len(body)).encode())
    start: HTTPResponseStartEvent = {
        "type": "http.response.start",
        "status": 200,
        "headers": [TYPE, size],
        "trailers": False,
    }
    end: HTTPResponseBodyEvent = {
        "type": "http.response.body",
        "body": body.upper(),
        "more_body": False,
    }
    await send(start)
    await send(end)
