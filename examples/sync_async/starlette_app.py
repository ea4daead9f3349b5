# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette: async def runs on the event loop, def in a thread."""

import asyncio
import time

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def wait(request):
    await asyncio.sleep(0.2)
    return PlainTextResponse("Waited 0.2 s\n")


def wait_in_a_thread(request):
    time.sleep(0.2)
    return PlainTextResponse("Waited 0.2 s\n")


async def send_to_a_thread(request):
    await run_in_threadpool(time.sleep, 0.2)
    return PlainTextResponse("Waited 0.2 s\n")


app = Starlette(
    routes=[
        Route("/await", wait),
        Route("/def", wait_in_a_thread),
        Route("/to-thread", send_to_a_thread),
    ]
)
