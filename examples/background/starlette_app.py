# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Work after the response, in Starlette: a background task."""

import asyncio

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def write_report():
    await asyncio.sleep(0.2)
    print("The report is written.", flush=True)


async def index(request):
    return PlainTextResponse("POST / asks for a report.\n")


async def report(request):
    return PlainTextResponse(
        "The report will be written.\n",
        status_code=202,
        background=BackgroundTask(write_report),
    )


app = Starlette(
    routes=[
        Route("/", index, methods=["GET"]),
        Route("/", report, methods=["POST"]),
    ]
)
