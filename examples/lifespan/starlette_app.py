# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette: what is done at start and stop."""

from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


@asynccontextmanager
async def lifespan(app):
    yield {"greeting": "Got at the start"}
    print("Given back at the end", flush=True)


async def greet(request):
    return PlainTextResponse(request.state.greeting)


app = Starlette(routes=[Route("/", greet)], lifespan=lifespan)
