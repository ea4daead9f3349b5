# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette under Uvicorn: ASGI on both sides."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def greet(request):
    return PlainTextResponse("Hello\n")


app = Starlette(routes=[Route("/", greet)])
