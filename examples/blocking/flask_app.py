# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Flask waits: on a server of one thread, everyone waits in turn."""

import time

from flask import Flask, Response

app = Flask(__name__)


@app.get("/")
def wait():
    time.sleep(0.2)
    return Response("Waited 0.2 s\n", mimetype="text/plain")
