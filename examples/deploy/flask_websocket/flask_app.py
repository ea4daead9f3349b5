# /// script
# dependencies = ["flask", "flask-sock"]
# tool.runnable.server = "gunicorn-gthread"
# ///
"""Flask with a WebSocket: it holds a thread while it is open."""

from flask import Flask
from flask_sock import Sock

app = Flask(__name__)
sock = Sock(app)


@app.get("/")
def page():
    return "Open a WebSocket at /echo.\n"


@sock.route("/echo")
def echo(socket):
    while True:
        socket.send(socket.receive())
