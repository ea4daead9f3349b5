# /// script
# dependencies = ["fastapi", "uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""FastAPI echoes WebSocket messages."""

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()


@app.websocket("/")
async def echo(websocket: WebSocket):
    known = "echo" if "echo" in websocket["subprotocols"] else None
    await websocket.accept(subprotocol=known)
    try:
        while (text := await websocket.receive_text()) != "bye":
            await websocket.send_text(text)
        await websocket.close()
    except WebSocketDisconnect:
        pass
