# /// script
# dependencies = ["hypercorn"]
# tool.runnable.server = "hypercorn"
# ///
"""An ASGI application that tells by which HTTP a request came."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    text = f"You came by HTTP/{scope['http_version']}\n"
    kind = b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind)]
    headers.append((b"content-length", str(len(text)).encode()))
    start = {"type": "http.response.start", "status": 200}
    await send({**start, "headers": headers})
    body = text.encode()
    await send({"type": "http.response.body", "body": body})
