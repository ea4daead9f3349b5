# /// script
# dependencies = ["flask", "gunicorn"]
# tool.runnable.server = "gunicorn"
# ///
"""A count kept in a module: each process has its own."""

from flask import Flask

app = Flask(__name__)
visits = 0


@app.get("/")
def show():
    return f"{visits} visits\n"


@app.post("/")
def visit():
    global visits
    visits += 1
    return f"{visits} visits\n"
