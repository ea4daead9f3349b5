# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A bare WSGI application: notes, as a page and as JSON."""

import json
import re
from html import escape
from http import HTTPStatus
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import parse_qs

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{items}</ul>
<p>Your last note: {last}</p>"""

ids = count(1)
notes = {next(ids): "Buy milk"}


def page(environ):
    cookies = SimpleCookie(environ.get("HTTP_COOKIE"))
    last = cookies["last"].value if "last" in cookies else "none"
    items = "".join(f"<li>{escape(t)}</li>\n" for t in notes.values())
    html = PAGE.format(items=items, last=escape(last)).encode()
    return 200, [("Content-Type", "text/html; charset=utf-8")], html


def add(environ):
    match parse_qs(read_body(environ).decode()):
        case {"text": [text, *_]}:
            cookie = f"last={save(text)['id']}; Path=/"
            headers = ("Location", "/"), ("Set-Cookie", cookie)
            return answer(303, None, *headers)
    return answer(422)


def list_notes(environ):
    data = [{"id": id, "text": text} for id, text in notes.items()]
    return answer(200, data)


def create(environ):
    try:
        data = json.loads(read_body(environ))
    except ValueError:
        return answer(400)
    match data:
        case {"text": str(text)} if text:
            return answer(201, save(text))
    return answer(422)


def read(environ):
    id = int(environ["PATH_INFO"].removeprefix("/notes/"))
    if id not in notes:
        return answer(404)
    return answer(200, {"id": id, "text": notes[id]})


def delete(environ):
    id = int(environ["PATH_INFO"].removeprefix("/notes/"))
    return (204, [], b"") if notes.pop(id, None) else answer(404)


def save(text):
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}


def read_body(environ):
    size = int(environ.get("CONTENT_LENGTH") or 0)
    return environ["wsgi.input"].read(size)


def answer(status, data=None, *headers):
    headers = [("Content-Type", "application/json"), *headers]
    return status, headers, json.dumps(data).encode()


ROUTES = {
    "/": {"GET": page, "POST": add},
    "/notes": {"GET": list_notes, "POST": create},
    "/notes/{id}": {"GET": read, "DELETE": delete},
}


def app(environ, start_response):
    path = re.sub(r"(?<=/notes/)\d+$", "{id}", environ["PATH_INFO"])
    handlers = ROUTES.get(path, {})
    if handler := handlers.get(environ["REQUEST_METHOD"]):
        status, headers, body = handler(environ)
    elif handlers:
        allow = ("Allow", ", ".join(handlers))
        status, headers, body = answer(405, None, allow)
    else:
        status, headers, body = answer(404)
    start_response(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]
