# /// script
# dependencies = ["python-multipart", "starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette, an ASGI framework: notes, as a page and as JSON."""

from html import escape
from itertools import count

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{items}</ul>
<p>Your last note: {last}</p>"""

ids = count(1)
notes = {next(ids): "Buy milk"}


async def page(request):
    last = request.cookies.get("last", "none")
    items = "".join(f"<li>{escape(t)}</li>\n" for t in notes.values())
    html = PAGE.format(items=items, last=escape(last))
    return Response(html, media_type="text/html")


async def add(request):
    async with request.form() as form:
        note = save(form.get("text"))
    response = RedirectResponse("/", 303)
    response.set_cookie("last", str(note["id"]))
    return response


async def list_notes(request):
    data = [{"id": id, "text": text} for id, text in notes.items()]
    return JSONResponse(data)


async def create(request):
    try:
        data = await request.json()
    except ValueError:
        raise HTTPException(400) from None
    match data:
        case {"text": str(text)}:
            return JSONResponse(save(text), 201)
    raise HTTPException(422)


async def read(request):
    id = request.path_params["id"]
    if id not in notes:
        raise HTTPException(404)
    return JSONResponse({"id": id, "text": notes[id]})


async def delete(request):
    if notes.pop(request.path_params["id"], None) is None:
        raise HTTPException(404)
    return Response(status_code=204)


def save(text):
    if not text:
        raise HTTPException(422)
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}


routes = [
    Route("/", page),
    Route("/", add, methods=["POST"]),
    Route("/notes", list_notes),
    Route("/notes", create, methods=["POST"]),
    Route("/notes/{id:int}", read),
    Route("/notes/{id:int}", delete, methods=["DELETE"]),
]
app = Starlette(routes=routes)
