# /// script
# dependencies = ["aiohttp"]
# tool.runnable.server = "aiohttp"
# ///
"""aiohttp, framework and server in one: notes, as page and JSON."""

from html import escape
from itertools import count

from aiohttp import web

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{items}</ul>
<p>Your last note: {last}</p>"""

routes = web.RouteTableDef()
ids = count(1)
notes = {next(ids): "Buy milk"}


@routes.get("/")
async def page(request):
    last = request.cookies.get("last", "none")
    items = "".join(f"<li>{escape(t)}</li>\n" for t in notes.values())
    html = PAGE.format(items=items, last=escape(last))
    return web.Response(text=html, content_type="text/html")


@routes.post("/")
async def add(request):
    note = save((await request.post()).get("text"))
    response = web.HTTPSeeOther("/")
    response.set_cookie("last", str(note["id"]))
    raise response


@routes.get("/notes")
async def list_notes(request):
    data = [{"id": id, "text": text} for id, text in notes.items()]
    return web.json_response(data)


@routes.post("/notes")
async def create(request):
    try:
        data = await request.json()
    except ValueError:
        raise web.HTTPBadRequest() from None
    match data:
        case {"text": str(text)}:
            return web.json_response(save(text), status=201)
    raise web.HTTPUnprocessableEntity()


@routes.get(r"/notes/{id:\d+}")
async def read(request):
    id = int(request.match_info["id"])
    if id not in notes:
        raise web.HTTPNotFound()
    return web.json_response({"id": id, "text": notes[id]})


@routes.delete(r"/notes/{id:\d+}")
async def delete(request):
    if notes.pop(int(request.match_info["id"]), None) is None:
        raise web.HTTPNotFound()
    return web.Response(status=204)


def save(text):
    if not text:
        raise web.HTTPUnprocessableEntity()
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}


app = web.Application()
app.add_routes(routes)
