# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""A client that leaves a stream of Flask: its generator is closed."""

import time

from flask import Flask, Response

app = Flask(__name__)


def lines():
    try:
        for number in range(1, 11):
            yield f"{number}\n"
            time.sleep(0.05)
        print("All ten lines were made.", flush=True)
    except GeneratorExit:  # from close(), where the generator waits
        print("The client left.", flush=True)
        raise


@app.get("/")
def stream():
    return Response(lines(), mimetype="text/plain")
