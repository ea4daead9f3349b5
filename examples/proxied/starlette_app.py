# /// script
# dependencies = ["starlette", "uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette behind a proxy: what it is told of the client."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


async def seen(request):
    return JSONResponse(
        {
            "client": request.client.host,
            "scheme": request.url.scheme,
            "prefix": request.scope.get("root_path", ""),
        }
    )


async def upload(request):
    size = 0
    async for piece in request.stream():
        size += len(piece)
    return JSONResponse({"bytes": size})


async def echo(websocket):
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


app = Starlette(
    routes=[
        Route("/", seen),
        Route("/upload", upload, methods=["POST"]),
        WebSocketRoute("/echo", echo),
    ],
    # Uvicorn does this by itself; under other servers, it is needed.
    middleware=[
        Middleware(ProxyHeadersMiddleware, trusted_hosts="127.0.0.1")
    ],
)
