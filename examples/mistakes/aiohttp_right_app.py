# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""aiohttp under its own server."""

from aiohttp import web


async def greet(request):
    return web.Response(text="Hello\n")


app = web.Application()
app.router.add_get("/", greet)
