# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""aiohttp's client, in a handler of aiohttp's server."""

from aiohttp import ClientSession, web
from yarl import URL

SESSION = web.AppKey("session", ClientSession)


async def open_session(app):
    async with ClientSession() as app[SESSION]:
        yield


async def greet(request):
    name = request.query.get("name", "world")
    return web.json_response({"hello": name})


async def ask(request):
    host, port = request.transport.get_extra_info("sockname")[:2]
    url = URL.build(scheme="http", host=host, port=port, path="/")
    session = request.app[SESSION]
    async with session.get(url, params={"name": "client"}) as response:
        answer = await response.json()
    return web.json_response({"status": response.status, **answer})


app = web.Application()
app.cleanup_ctx.append(open_session)
app.router.add_get("/", greet)
app.router.add_get("/ask", ask)
