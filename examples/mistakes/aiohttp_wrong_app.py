# /// script
# dependencies = ["aiohttp", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""aiohttp under Uvicorn: it is no ASGI application."""

from aiohttp import web


async def greet(request):
    return web.Response(text="Hello\n")


app = web.Application()
app.router.add_get("/", greet)
