# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Flask's way: functions before and after each request."""

import time
import uuid

from flask import Flask, Response, g, request

app = Flask(__name__)


@app.before_request
def begin():
    g.began = time.perf_counter()
    g.id = request.headers.get("X-Request-ID", uuid.uuid4().hex)


@app.after_request
def mark(response):
    ms = (time.perf_counter() - g.began) * 1000
    response.headers["X-Request-ID"] = g.id
    response.headers["Server-Timing"] = f"app;dur={ms:.1f}"
    return response


def numbers():
    for number in range(1, 4):
        yield f"{number}\n"
        time.sleep(0.1)


@app.get("/")
def hello():
    return Response("Hello!\n", mimetype="text/plain")


@app.get("/stream")
def stream():
    return Response(numbers(), mimetype="text/plain")
