# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A request's body, read twice from the stream."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def count(request):
    size = sum([len(piece) async for piece in request.stream()])
    body = await request.body()  # nothing is left to read
    text = body.decode()
    return PlainTextResponse(f"{size} bytes: {text}\n")


app = Starlette(routes=[Route("/", count, methods=["POST"])])
