# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A body in pieces, and more_body forgotten."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"status": 200, "headers": headers}
    await send({"type": "http.response.start", **start})
    for piece in (b"one\n", b"two\n"):
        body = {"body": piece}  # more_body is False: complete
        await send({"type": "http.response.body", **body})
