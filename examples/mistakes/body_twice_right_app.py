# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A request's body, read once and kept."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def count(request):
    body = await request.body()
    size = len(body)
    text = body.decode()
    return PlainTextResponse(f"{size} bytes: {text}\n")


app = Starlette(routes=[Route("/", count, methods=["POST"])])
