# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Quart: what is done at start and stop."""

from quart import Quart, current_app

app = Quart(__name__)


@app.while_serving
async def lifespan():
    current_app.config["GREETING"] = "Got at the start"
    yield
    print("Given back at the end", flush=True)


@app.get("/")
async def greet():
    greeting = current_app.config["GREETING"]
    return greeting, {"Content-Type": "text/plain; charset=utf-8"}
