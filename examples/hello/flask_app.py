# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Flask, a WSGI framework: a greeting and an echo."""

from flask import Flask, Response, request

app = Flask(__name__)


@app.get("/")
def hello():
    return Response("Hello, world!\n", mimetype="text/plain")


@app.post("/echo")
def echo():
    return Response(request.get_data(), mimetype="text/plain")
