# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""Work after the response, in aiohttp: by a task of the event loop."""

import asyncio

from aiohttp import web

routes = web.RouteTableDef()
tasks = set()  # the loop alone would let a task be garbage-collected


async def write_report():
    await asyncio.sleep(0.2)
    print("The report is written.", flush=True)


@routes.get("/")
async def index(request):
    return web.Response(text="POST / asks for a report.\n")


@routes.post("/")
async def report(request):
    task = asyncio.create_task(write_report())
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return web.Response(
        status=202, text="The report will be written.\n"
    )


app = web.Application()
app.add_routes(routes)
