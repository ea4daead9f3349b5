# /// script
# dependencies = ["flask", "a2wsgi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# tool.runnable.threads = true
# ///
"""Flask under an ASGI server, by a2wsgi: each call in a thread."""

import time

from a2wsgi import WSGIMiddleware
from flask import Flask, Response, request

flask_app = Flask(__name__)


@flask_app.get("/")
def greet():
    return text("Hello through a bridge\n")


@flask_app.post("/echo")
def echo():
    return text(request.get_data(as_text=True))


@flask_app.get("/count")
def count():
    def numbers():
        for number in range(1, 4):
            yield f"{number}\n"
            time.sleep(0.15)

    return text(numbers())


@flask_app.get("/wait")
def wait():
    time.sleep(0.2)
    return text("Waited 0.2 s\n")


def text(body):
    return Response(body, mimetype="text/plain")


app = WSGIMiddleware(flask_app)
