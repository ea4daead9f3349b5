# /// script
# dependencies = ["fastapi", "python-multipart", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""FastAPI, an ASGI framework: notes, as a page and as JSON."""

from html import escape
from itertools import count
from typing import Annotated

from fastapi import Cookie, FastAPI, Form, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{items}</ul>
<p>Your last note: {last}</p>"""

app = FastAPI()
ids = count(1)
notes = {next(ids): "Buy milk"}


class NewNote(BaseModel):
    text: Annotated[str, Field(min_length=1)]


class Note(NewNote):
    id: int


@app.get("/", response_class=HTMLResponse)
async def page(last: Annotated[str, Cookie()] = "none"):
    items = "".join(f"<li>{escape(t)}</li>\n" for t in notes.values())
    return PAGE.format(items=items, last=escape(last))


@app.post("/", status_code=303)
async def add(new: Annotated[NewNote, Form()]):
    response = RedirectResponse("/", 303)
    response.set_cookie("last", str(save(new).id))
    return response


@app.get("/notes")
async def list_notes() -> list[Note]:
    return [Note(id=id, text=text) for id, text in notes.items()]


@app.post("/notes", status_code=201)
async def create(new: NewNote) -> Note:
    return save(new)


@app.get("/notes/{id}")
async def read(id: int) -> Note:
    if id not in notes:
        raise HTTPException(404)
    return Note(id=id, text=notes[id])


@app.delete("/notes/{id}", status_code=204)
async def delete(id: int) -> None:
    if notes.pop(id, None) is None:
        raise HTTPException(404)


def save(new):
    id = next(ids)
    notes[id] = new.text
    return Note(id=id, text=new.text)
