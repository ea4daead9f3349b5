# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""aiohttp, framework and server in one: a greeting and an echo."""

from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/")
async def hello(request):
    return web.Response(text="Hello, world!\n")


@routes.post("/echo")
async def echo(request):
    return web.Response(text=await request.text())


app = web.Application()
app.add_routes(routes)
