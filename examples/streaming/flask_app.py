# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Flask streams what a generator yields."""

import time

from flask import Flask, Response

app = Flask(__name__)


@app.get("/")
def count():
    def numbers():
        for number in range(1, 5):
            yield f"{number}\n"
            time.sleep(0.15)

    return Response(numbers(), mimetype="text/plain")
