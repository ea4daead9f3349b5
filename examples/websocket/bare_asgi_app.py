# /// script
# dependencies = ["uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""A bare ASGI application that echoes WebSocket messages."""


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    await receive()  # {"type": "websocket.connect"}
    known = "echo" if "echo" in scope["subprotocols"] else None
    await send({"type": "websocket.accept", "subprotocol": known})
    while (event := await receive())["type"] == "websocket.receive":
        if event.get("text") == "bye":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await send({**event, "type": "websocket.send"})
