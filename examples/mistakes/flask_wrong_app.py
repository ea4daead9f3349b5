# /// script
# dependencies = ["flask", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Flask under Uvicorn: the wrong server for it."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def greet():
    return "Hello\n"
