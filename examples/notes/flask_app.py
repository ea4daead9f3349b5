# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Flask, a WSGI framework: notes, as a page and as JSON."""

from itertools import count

from flask import (
    Flask,
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

app = Flask(__name__)
ids = count(1)
notes = {next(ids): "Buy milk"}


@app.get("/")
def page():
    last = request.cookies.get("last", "none")
    return render_template_string(PAGE, notes=notes, last=last)


@app.post("/")
def add():
    note = save(request.form.get("text"))
    response = redirect("/", 303)
    response.set_cookie("last", str(note["id"]))
    return response


@app.get("/notes")
def list_notes():
    return [{"id": id, "text": text} for id, text in notes.items()]


@app.post("/notes")
def create():
    match request.get_json():
        case {"text": str(text)}:
            return save(text), 201
    abort(422)


@app.get("/notes/<int:id>")
def read(id):
    return {"id": id, "text": notes[id]} if id in notes else abort(404)


@app.delete("/notes/<int:id>")
def delete(id):
    return ("", 204) if notes.pop(id, None) else abort(404)


def save(text):
    if not text:
        abort(422)
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}
