# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""aiohttp streams what a handler writes."""

import asyncio

from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/")
async def count(request):
    response = web.StreamResponse()
    response.content_type = "text/plain"
    response.charset = "utf-8"
    await response.prepare(request)
    for number in range(1, 5):
        await response.write(f"{number}\n".encode())
        await asyncio.sleep(0.15)
    return response


app = web.Application()
app.add_routes(routes)
