# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""The smallest useful ASGI application."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError("This application speaks HTTP only")
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"type": "http.response.start", "status": 200}
    await send({**start, "headers": headers})
    body = {"type": "http.response.body", "body": b"Hello, world!\n"}
    await send(body)
