# /// script
# dependencies = ["uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""A bare ASGI application to measure: it waits, computes, streams."""

import asyncio


async def hello():
    yield b"Hello\n"


async def wait():
    await asyncio.sleep(0.05)
    yield b"Waited 0.05 s\n"


async def compute():
    total = sum(number % 7 for number in range(1_000_000))
    yield f"{total}\n".encode()


async def stream():
    for _ in range(10):
        yield b"tick\n"
        await asyncio.sleep(0.1)


PATHS = {
    "/": hello,
    "/wait": wait,
    "/compute": compute,
    "/stream": stream,
}


async def app(scope, receive, send):
    if scope["type"] == "websocket":
        return await echo(receive, send)
    if scope["type"] != "http":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8")
            ],
        }
    )
    body = {"type": "http.response.body"}
    async for part in PATHS[scope["path"]]():
        await send({**body, "body": part, "more_body": True})
    await send(body)


async def echo(receive, send):
    await receive()  # {"type": "websocket.connect"}
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        await send({**event, "type": "websocket.send"})
