# /// script
# dependencies = ["flask", "quart", "a2wsgi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# tool.runnable.threads = true
# ///
"""Halfway: orders are Quart's by now, and the rest is Flask's."""

import time

from a2wsgi import WSGIMiddleware
from flask import Flask
from quart import Quart, request

PRICES = {"coffee": 5, "tea": 4}
MOVED = ("/orders",)  # the paths that have moved
old = Flask(__name__)
new = Quart(__name__)


@old.get("/prices")
def prices():
    return PRICES


@new.post("/orders")
async def order():
    wanted = await request.get_json()
    total = sum(PRICES[name] * count for name, count in wanted.items())
    return {"total": total}, 201


@old.get("/report")
def report():
    time.sleep(0.2)  # a query
    return "Nothing was stolen.\n"


wrapped = WSGIMiddleware(old)  # calls Flask in ten threads


async def app(scope, receive, send):
    # Start, stop and WebSockets are for the new one.
    is_old = scope["type"] == "http" and scope["path"] not in MOVED
    await (wrapped if is_old else new)(scope, receive, send)
