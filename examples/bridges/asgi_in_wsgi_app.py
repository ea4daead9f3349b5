# /// script
# dependencies = ["starlette", "a2wsgi", "gunicorn"]
# tool.runnable.server = "gunicorn"
# tool.runnable.threads = true
# ///
"""Starlette under a WSGI server, by a2wsgi: a loop in a thread."""

import asyncio
from functools import cache

from a2wsgi import ASGIMiddleware
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route


async def greet(request):
    return PlainTextResponse("Hello through a bridge\n")


async def echo(request):
    return PlainTextResponse(await request.body())


async def count(request):
    async def numbers():
        for number in range(1, 4):
            yield f"{number}\n"
            await asyncio.sleep(0.15)

    return StreamingResponse(numbers(), media_type="text/plain")


async def wait(request):
    await asyncio.sleep(0.2)
    return PlainTextResponse("Waited 0.2 s\n")


starlette_app = Starlette(
    routes=[
        Route("/", greet),
        Route("/echo", echo, methods=["POST"]),
        Route("/count", count),
        Route("/wait", wait),
    ]
)


@cache  # its thread is made in the worker: no fork copies threads
def bridge():
    return ASGIMiddleware(starlette_app)


def app(environ, start_response):
    return bridge()(environ, start_response)
