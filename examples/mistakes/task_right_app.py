# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A task that is kept until it is done."""

import asyncio
import gc

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

tasks = set()


async def send_mail():
    answer = asyncio.Event()  # the mail server's, in real life
    asyncio.get_running_loop().call_later(0.1, answer.set)
    await answer.wait()


async def greet(request):
    task = asyncio.create_task(send_mail())
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    await asyncio.sleep(0.05)
    gc.collect()  # which Python does when it likes
    return PlainTextResponse("Hello\n")


app = Starlette(routes=[Route("/", greet)])
