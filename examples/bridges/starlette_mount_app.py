# /// script
# dependencies = ["starlette", "flask", "a2wsgi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# tool.runnable.threads = true
# ///
"""Starlette beside Flask: one server, new paths and old ones."""

import asyncio
import time

from a2wsgi import WSGIMiddleware
from flask import Flask, Response, request
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route

old = Flask(__name__)


@old.post("/echo")
def echo():
    return Response(request.get_data(), mimetype="text/plain")


@old.get("/wait")
def wait():
    time.sleep(0.2)
    return Response("Waited 0.2 s\n", mimetype="text/plain")


async def greet(request):
    return PlainTextResponse("Hello through a bridge\n")


async def count(request):
    async def numbers():
        for number in range(1, 4):
            yield f"{number}\n"
            await asyncio.sleep(0.15)

    return StreamingResponse(numbers(), media_type="text/plain")


app = Starlette(
    routes=[
        Route("/", greet),
        Route("/count", count),
        Mount("/", WSGIMiddleware(old)),  # whatever is not new yet
    ]
)
