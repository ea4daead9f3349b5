# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A client that leaves a stream of Starlette: its task is cancelled."""

import asyncio

from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route


async def lines():
    try:
        for number in range(1, 11):
            yield f"{number}\n"
            await asyncio.sleep(0.05)
        print("All ten lines were made.", flush=True)
    except asyncio.CancelledError:
        print("The client left.", flush=True)
        raise  # a cancellation that is caught goes on


async def stream(request):
    return StreamingResponse(lines(), media_type="text/plain")


app = Starlette(routes=[Route("/", stream)])
