# /// script
# dependencies = ["quart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Quart, an ASGI framework: notes, as a page and as JSON."""

from itertools import count

from quart import (
    Quart,
    abort,
    redirect,
    render_template_string,
    request,
)

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{% for text in notes.values() %}<li>{{ text }}</li>
{% endfor %}</ul>
<p>Your last note: {{ last }}</p>"""

app = Quart(__name__)
ids = count(1)
notes = {next(ids): "Buy milk"}


@app.get("/")
async def page():
    last = request.cookies.get("last", "none")
    return await render_template_string(PAGE, notes=notes, last=last)


@app.post("/")
async def add():
    note = save((await request.form).get("text"))
    response = redirect("/", 303)
    response.set_cookie("last", str(note["id"]))
    return response


@app.get("/notes")
async def list_notes():
    return [{"id": id, "text": text} for id, text in notes.items()]


@app.post("/notes")
async def create():
    match await request.get_json():
        case {"text": str(text)}:
            return save(text), 201
    abort(422)


@app.get("/notes/<int:id>")
async def read(id):
    return {"id": id, "text": notes[id]} if id in notes else abort(404)


@app.delete("/notes/<int:id>")
async def delete(id):
    return ("", 204) if notes.pop(id, None) else abort(404)


def save(text):
    if not text:
        abort(422)
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}
