# /// script
# dependencies = ["starlette", "gunicorn"]
# tool.runnable.server = "gunicorn"
# ///
"""Starlette under Gunicorn's sync worker: it speaks WSGI."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def greet(request):
    return PlainTextResponse("Hello\n")


app = Starlette(routes=[Route("/", greet)])
