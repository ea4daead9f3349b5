# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Work after the response, in Flask: when the response is closed."""

import time

from flask import Flask, Response

app = Flask(__name__)


def write_report():
    time.sleep(0.2)
    print("The report is written.", flush=True)


@app.get("/")
def index():
    return Response(
        "POST / asks for a report.\n", mimetype="text/plain"
    )


@app.post("/")
def report():
    response = Response(
        "The report will be written.\n", 202, mimetype="text/plain"
    )
    response.call_on_close(write_report)
    return response
