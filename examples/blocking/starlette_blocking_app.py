# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette, blocked: time.sleep in async def stops the event loop."""

import time

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def wait(request):
    time.sleep(0.2)  # the mistake: no one else runs
    return PlainTextResponse("Waited 0.2 s\n")


app = Starlette(routes=[Route("/", wait)])
