# /// script
# dependencies = ["sanic", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Sanic: what is done at start and stop."""

from sanic import Sanic, text

app = Sanic("lifespan")


@app.before_server_start
async def start(app):
    app.ctx.greeting = "Got at the start"


@app.after_server_stop
async def stop(app):
    print("Given back at the end", flush=True)


@app.get("/")
async def greet(request):
    return text(request.app.ctx.greeting)
