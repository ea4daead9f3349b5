# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""A client that leaves a stream of aiohttp: the next write fails."""

import asyncio

from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/")
async def stream(request):
    response = web.StreamResponse()
    response.content_type = "text/plain"
    response.charset = "utf-8"
    await response.prepare(request)
    try:
        for number in range(1, 11):
            await response.write(f"{number}\n".encode())
            await asyncio.sleep(0.05)
        print("All ten lines were made.", flush=True)
    except ConnectionResetError:
        print("The client left.", flush=True)
    return response


app = web.Application()
app.add_routes(routes)
