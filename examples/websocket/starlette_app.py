# /// script
# dependencies = ["starlette", "uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette echoes WebSocket messages."""

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute


async def echo(websocket):
    known = "echo" if "echo" in websocket["subprotocols"] else None
    await websocket.accept(subprotocol=known)
    async for text in websocket.iter_text():
        if text == "bye":
            await websocket.close()
            break
        await websocket.send_text(text)


app = Starlette(routes=[WebSocketRoute("/", echo)])
