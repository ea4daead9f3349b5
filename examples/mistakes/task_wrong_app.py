# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A task that nobody keeps: it may vanish half-way."""

import asyncio
import gc

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def send_mail():
    answer = asyncio.Event()  # the mail server's, in real life
    await answer.wait()


async def greet(request):
    asyncio.create_task(send_mail())
    await asyncio.sleep(0.05)
    gc.collect()  # which Python does when it likes
    return PlainTextResponse("Hello\n")


app = Starlette(routes=[Route("/", greet)])
