# /// script
# dependencies = ["pyramid"]
# tool.runnable.server = "wsgiref"
# ///
"""Pyramid, a WSGI framework: notes, as a page and as JSON."""

from html import escape
from itertools import count

from pyramid import httpexceptions as http
from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{items}</ul>
<p>Your last note: {last}</p>"""

ids = count(1)
notes = {next(ids): "Buy milk"}


@view_config(route_name="page", request_method="GET")
def page(request):
    last = request.cookies.get("last", "none")
    items = "".join(f"<li>{escape(t)}</li>\n" for t in notes.values())
    return Response(PAGE.format(items=items, last=escape(last)))


@view_config(route_name="page", request_method="POST")
def add(request):
    note = save(request.POST.get("text"))
    response = http.HTTPSeeOther("/")
    response.set_cookie("last", str(note["id"]))
    return response


@view_config(route_name="notes", request_method="GET", renderer="json")
def list_notes(request):
    return [{"id": id, "text": text} for id, text in notes.items()]


@view_config(route_name="notes", request_method="POST", renderer="json")
def create(request):
    try:
        data = request.json_body
    except ValueError:
        raise http.HTTPBadRequest() from None
    match data:
        case {"text": str(text)}:
            request.response.status = 201
            return save(text)
    raise http.HTTPUnprocessableEntity()


@view_config(route_name="note", request_method="GET", renderer="json")
def read(request):
    id = int(request.matchdict["id"])
    if id not in notes:
        raise http.HTTPNotFound()
    return {"id": id, "text": notes[id]}


@view_config(route_name="note", request_method="DELETE")
def delete(request):
    if notes.pop(int(request.matchdict["id"]), None) is None:
        raise http.HTTPNotFound()
    return http.HTTPNoContent()


# Without it, another method finds no view: 404.
@view_config(route_name="page")
@view_config(route_name="notes")
@view_config(route_name="note")
def other_method(request):
    raise http.HTTPMethodNotAllowed()


def save(text):
    if not text:
        raise http.HTTPUnprocessableEntity()
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}


with Configurator() as config:
    config.add_route("page", "/")
    config.add_route("notes", "/notes")
    config.add_route("note", r"/notes/{id:\d+}")
    config.scan()
    app = config.make_wsgi_app()
