# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A client that leaves a stream of Quart: its task is cancelled."""

import asyncio

from quart import Quart, Response

app = Quart(__name__)


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
    return Response(lines(), mimetype="text/plain")
