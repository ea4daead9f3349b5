# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A body in pieces: the last has no more_body."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"status": 200, "headers": headers}
    await send({"type": "http.response.start", **start})
    for piece in (b"one\n", b"two\n"):
        body = {"body": piece, "more_body": True}
        await send({"type": "http.response.body", **body})
    await send({"type": "http.response.body"})
