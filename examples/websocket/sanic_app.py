# /// script
# dependencies = ["sanic", "uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""Sanic echoes WebSocket messages."""

from sanic import Sanic

app = Sanic("echo")


@app.websocket("/", subprotocols=["echo"])
async def echo(request, ws):
    while (text := await ws.recv()) is not None:
        if text == "bye":
            # Under ASGI, ws.close() would send nothing.
            await request.transport.send({"type": "websocket.close"})
            break
        await ws.send(text)
