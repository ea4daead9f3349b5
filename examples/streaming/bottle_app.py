# /// script
# dependencies = ["bottle"]
# tool.runnable.server = "wsgiref"
# ///
"""Bottle streams what a handler yields."""

import time

from bottle import Bottle, response

app = Bottle()


@app.get("/")
def count():
    response.content_type = "text/plain; charset=utf-8"
    for number in range(1, 5):
        yield f"{number}\n"
        time.sleep(0.15)
