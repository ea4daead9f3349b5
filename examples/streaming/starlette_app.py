# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette streams what an asynchronous generator yields."""

import asyncio

from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route


async def numbers():
    for number in range(1, 5):
        yield f"{number}\n"
        await asyncio.sleep(0.15)


async def count(request):
    return StreamingResponse(numbers(), media_type="text/plain")


app = Starlette(routes=[Route("/", count)])
