# /// script
# dependencies = ["flask[async]", "gunicorn"]
# tool.runnable.server = "gunicorn"
# tool.runnable.threads = true
# ///
"""Flask's async view: it may await, and yet holds its worker."""

import asyncio
import time

from flask import Flask, Response

app = Flask(__name__)


def waited():
    return Response("Waited 0.2 s\n", mimetype="text/plain")


@app.get("/await")
async def wait():
    await asyncio.sleep(0.2)
    return waited()


@app.get("/def")
def wait_without_await():
    time.sleep(0.2)
    return waited()


@app.get("/to-thread")
async def wait_for_both():
    both = asyncio.to_thread(time.sleep, 0.2), asyncio.sleep(0.2)
    await asyncio.gather(*both)  # 0.2 s, not 0.4: within one request
    return waited()
