# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Work after the response, in Quart: a background task."""

import asyncio

from quart import Quart, Response, current_app

app = Quart(__name__)


async def write_report():
    await asyncio.sleep(0.2)
    print("The report is written.", flush=True)


@app.get("/")
async def index():
    return Response(
        "POST / asks for a report.\n", mimetype="text/plain"
    )


@app.post("/")
async def report():
    current_app.add_background_task(write_report)
    return Response(
        "The report will be written.\n", 202, mimetype="text/plain"
    )
