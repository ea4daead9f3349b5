# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A Content-Length that counts characters."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    text = "Grüße\n"
    length = (b"content-length", str(len(text)).encode())
    headers = [(b"content-type", b"text/plain; charset=utf-8"), length]
    start = {"status": 200, "headers": headers}
    await send({"type": "http.response.start", **start})
    await send({"type": "http.response.body", "body": text.encode()})
