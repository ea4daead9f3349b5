# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""aiohttp echoes WebSocket messages."""

from aiohttp import WSMsgType, web

routes = web.RouteTableDef()


@routes.get("/")
async def echo(request):
    websocket = web.WebSocketResponse(protocols=["echo"])
    await websocket.prepare(request)
    async for message in websocket:
        if message.data == "bye":
            await websocket.close()
        elif message.type == WSMsgType.TEXT:
            await websocket.send_str(message.data)
    return websocket


app = web.Application()
app.add_routes(routes)
