# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A response that promises more and ends."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"status": 200, "headers": headers}
    await send({"type": "http.response.start", **start})
    body = {"body": b"Hello\n", "more_body": True}
    await send({"type": "http.response.body", **body})
    # and no more comes
