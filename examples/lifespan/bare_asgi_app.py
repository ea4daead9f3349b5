# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A bare ASGI application: what is done at start and stop."""


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await live(scope["state"], receive, send)
    elif scope["type"] == "http":
        await respond(scope["state"], send)
    else:
        raise NotImplementedError(scope["type"])


async def live(state, receive, send):
    await receive()  # lifespan.startup
    state["greeting"] = "Got at the start"
    await send({"type": "lifespan.startup.complete"})
    await receive()  # lifespan.shutdown
    print("Given back at the end", flush=True)
    await send({"type": "lifespan.shutdown.complete"})


async def respond(state, send):
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"status": 200, "headers": headers}
    body = state["greeting"].encode()
    await send({"type": "http.response.start", **start})
    await send({"type": "http.response.body", "body": body})
