# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A start-up that raises: the server goes on without it."""


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await live(scope["state"], receive, send)
    else:
        body = scope["state"]["greeting"].encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        start = {"status": 200, "headers": headers}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": body})


async def live(state, receive, send):
    await receive()
    state["greeting"] = find_greeting()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def find_greeting():
    raise ConnectionError("no database")
