# /// script
# dependencies = ["flask", "gunicorn"]
# tool.runnable.server = "gunicorn"
# ///
"""Flask under Gunicorn: a WSGI server for a WSGI application."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def greet():
    return "Hello\n"
