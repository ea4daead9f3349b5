# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette waits without blocking: await lets others run meanwhile."""

import asyncio

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def wait(request):
    await asyncio.sleep(0.2)
    return PlainTextResponse("Waited 0.2 s\n")


app = Starlette(routes=[Route("/", wait)])
