# /// script
# dependencies = ["sanic", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Work after the response, in Sanic: a task of the application."""

import asyncio

from sanic import Sanic
from sanic.response import text

app = Sanic("background")


async def write_report():
    await asyncio.sleep(0.2)
    print("The report is written.", flush=True)


@app.get("/")
async def index(request):
    return text("POST / asks for a report.\n")


@app.post("/")
async def report(request):
    request.app.add_task(write_report())
    return text("The report will be written.\n", status=202)
