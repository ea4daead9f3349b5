# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A bare ASGI application: notes, as a page and as JSON."""

import json
import re
from html import escape
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


async def page(scope, receive):
    headers = dict(scope["headers"])
    cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin1"))
    last = cookies["last"].value if "last" in cookies else "none"
    items = "".join(f"<li>{escape(t)}</li>\n" for t in notes.values())
    html = PAGE.format(items=items, last=escape(last)).encode()
    return 200, [(b"content-type", b"text/html; charset=utf-8")], html


async def add(scope, receive):
    match parse_qs((await read_body(receive)).decode()):
        case {"text": [text, *_]}:
            cookie = f"last={save(text)['id']}; Path=/".encode()
            headers = (b"location", b"/"), (b"set-cookie", cookie)
            return answer(303, None, *headers)
    return answer(422)


async def list_notes(scope, receive):
    data = [{"id": id, "text": text} for id, text in notes.items()]
    return answer(200, data)


async def create(scope, receive):
    try:
        data = json.loads(await read_body(receive))
    except ValueError:
        return answer(400)
    match data:
        case {"text": str(text)} if text:
            return answer(201, save(text))
    return answer(422)


async def read(scope, receive):
    id = int(scope["path"].removeprefix("/notes/"))
    if id not in notes:
        return answer(404)
    return answer(200, {"id": id, "text": notes[id]})


async def delete(scope, receive):
    id = int(scope["path"].removeprefix("/notes/"))
    return (204, [], b"") if notes.pop(id, None) else answer(404)


def save(text):
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}


async def read_body(receive):
    body, more = b"", True
    while more:
        event = await receive()
        body += event.get("body", b"")
        more = event.get("more_body", False)
    return body


def answer(status, data=None, *headers):
    headers = [(b"content-type", b"application/json"), *headers]
    return status, headers, json.dumps(data).encode()


ROUTES = {
    "/": {"GET": page, "POST": add},
    "/notes": {"GET": list_notes, "POST": create},
    "/notes/{id}": {"GET": read, "DELETE": delete},
}


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    path = re.sub(r"(?<=/notes/)\d+$", "{id}", scope["path"])
    handlers = ROUTES.get(path, {})
    if handler := handlers.get(scope["method"]):
        status, headers, body = await handler(scope, receive)
    elif handlers:
        allow = (b"allow", ", ".join(handlers).encode())
        status, headers, body = answer(405, None, allow)
    else:
        status, headers, body = answer(404)
    start = {"status": status, "headers": headers}
    await send({"type": "http.response.start", **start})
    await send({"type": "http.response.body", "body": body})
