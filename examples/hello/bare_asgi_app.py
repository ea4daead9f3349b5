# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A bare ASGI application: a greeting and an echo."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    match scope["method"], scope["path"]:
        case "GET", "/":
            status, body = 200, b"Hello, world!\n"
        case "POST", "/echo":
            status, body = 200, await read_body(receive)
        case _:
            status, body = 404, b"Not Found\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": headers,
        }
    )
    await send({"type": "http.response.body", "body": body})


async def read_body(receive):
    body, more = b"", True
    while more:
        event = await receive()
        body += event.get("body", b"")
        more = event.get("more_body", False)
    return body
