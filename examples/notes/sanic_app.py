# /// script
# dependencies = ["sanic", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Sanic, an ASGI framework: notes, as a page and as JSON."""

from html import escape
from itertools import count

from sanic import Sanic, empty, html, json, redirect
from sanic.exceptions import NotFound, SanicException

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{items}</ul>
<p>Your last note: {last}</p>"""

app = Sanic("notes")
ids = count(1)
notes = {next(ids): "Buy milk"}


class Unprocessable(SanicException):
    status_code = 422
    quiet = True  # in the log


@app.get("/")
async def page(request):
    last = request.cookies.get("last", "none")
    items = "".join(f"<li>{escape(t)}</li>\n" for t in notes.values())
    return html(PAGE.format(items=items, last=escape(last)))


@app.post("/")
async def add(request):
    note = save(request.form.get("text"))
    response = redirect("/", status=303)
    response.add_cookie("last", str(note["id"]))
    return response


@app.get("/notes")
async def list_notes(request):
    data = [{"id": id, "text": text} for id, text in notes.items()]
    return json(data)


@app.post("/notes")
async def create(request):
    match request.json:
        case {"text": str(text)}:
            return json(save(text), status=201)
    raise Unprocessable


@app.get("/notes/<id:int>")
async def read(request, id):
    if id not in notes:
        raise NotFound
    return json({"id": id, "text": notes[id]})


@app.delete("/notes/<id:int>")
async def delete(request, id):
    if notes.pop(id, None) is None:
        raise NotFound
    return empty()


def save(text):
    if not text:
        raise Unprocessable
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}
