# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""After: the shop is Quart's, over ASGI."""

import asyncio

from quart import Quart, request

PRICES = {"coffee": 5, "tea": 4}
app = Quart(__name__)


@app.get("/prices")
async def prices():
    return PRICES


@app.post("/orders")
async def order():
    wanted = await request.get_json()
    total = sum(PRICES[name] * count for name, count in wanted.items())
    return {"total": total}, 201


@app.get("/report")
async def report():
    await asyncio.sleep(0.2)  # a query, by a driver that awaits
    return "Nothing was stolen.\n"
