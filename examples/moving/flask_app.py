# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Before: the shop is Flask's, over WSGI."""

import time

from flask import Flask, request

PRICES = {"coffee": 5, "tea": 4}
app = Flask(__name__)


@app.get("/prices")
def prices():
    return PRICES


@app.post("/orders")
def order():
    wanted = request.get_json()
    total = sum(PRICES[name] * count for name, count in wanted.items())
    return {"total": total}, 201


@app.get("/report")
def report():
    time.sleep(0.2)  # a query
    return "Nothing was stolen.\n"
