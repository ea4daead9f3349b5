# /// script
# dependencies = ["quart", "uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""Quart echoes WebSocket messages."""

from quart import Quart, websocket

app = Quart(__name__)


@app.websocket("/")
async def echo():
    wanted = websocket.requested_subprotocols
    known = "echo" if "echo" in wanted else None
    await websocket.accept(subprotocol=known)
    while (text := await websocket.receive()) != "bye":
        await websocket.send(text)
    await websocket.close(1000)
