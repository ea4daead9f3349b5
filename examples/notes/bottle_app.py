# /// script
# dependencies = ["bottle"]
# tool.runnable.server = "wsgiref"
# ///
"""Bottle, a WSGI framework: notes, as a page and as JSON."""

import json
from itertools import count

from bottle import Bottle, abort, redirect, request, response, template

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
% for text in notes.values():
<li>{{text}}</li>
% end
</ul>
<p>Your last note: {{last}}</p>"""

app = Bottle()
ids = count(1)
notes = {next(ids): "Buy milk"}


@app.get("/")
def page():
    last = request.get_cookie("last", "none")
    return template(PAGE, notes=notes, last=last)


@app.post("/")
def add():
    note = save(request.forms.getunicode("text"))
    response.set_cookie("last", str(note["id"]))
    redirect("/", 303)


@app.get("/notes")
def list_notes():
    # Bottle makes JSON of dicts only.
    response.content_type = "application/json"
    data = [{"id": id, "text": text} for id, text in notes.items()]
    return json.dumps(data)


@app.post("/notes")
def create():
    match request.json:
        case {"text": str(text)}:
            response.status = 201
            return save(text)
    abort(422)


@app.get("/notes/<id:int>")
def read(id):
    return {"id": id, "text": notes[id]} if id in notes else abort(404)


@app.delete("/notes/<id:int>")
def delete(id):
    if not notes.pop(id, None):
        abort(404)
    response.status = 204


def save(text):
    if not text:
        abort(422)
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}
