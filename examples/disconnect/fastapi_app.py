# /// script
# dependencies = ["fastapi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A client that leaves a stream of FastAPI: its task is cancelled."""

import asyncio

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def lines():
    try:
        for number in range(1, 11):
            yield f"{number}\n"
            await asyncio.sleep(0.05)
        print("All ten lines were made.", flush=True)
    except asyncio.CancelledError:
        print("The client left.", flush=True)
        raise  # a cancellation that is caught goes on


@app.get("/")
async def stream():
    return StreamingResponse(lines(), media_type="text/plain")
