# /// script
# dependencies = ["fastapi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Work after the response, in FastAPI: background tasks."""

import asyncio

from fastapi import BackgroundTasks, FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI(default_response_class=PlainTextResponse)


async def write_report():
    await asyncio.sleep(0.2)
    print("The report is written.", flush=True)


@app.get("/")
async def index():
    return "POST / asks for a report.\n"


@app.post("/", status_code=202)
async def report(background_tasks: BackgroundTasks):
    background_tasks.add_task(write_report)
    return "The report will be written.\n"
