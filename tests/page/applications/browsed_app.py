"""A small site by bare ASGI: what a browser can ask of one, and what it got, printed."""

import asyncio
import json

TYPES = {"html": "text/html; charset=utf-8", "css": "text/css"}
TYPES |= {"js": "text/javascript", "svg": "image/svg+xml"}
FILES = {}  # the test puts the folder's files here: each path's text


async def app(scope, receive, send):
    path = scope["path"]
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    if scope["type"] == "websocket":
        print(f"asked: WebSocket {path} {headers.get('cookie', '')}")
        await receive()
        await send({"type": "websocket.accept", "subprotocol": scope["subprotocols"][0]})
        while (event := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": event["text"]})
        print(f"closed: {event['code']}")
        return
    if scope["type"] != "http":
        raise NotImplementedError
    query = scope["query_string"].decode()
    target = path + f"?{query}" * bool(query)
    print(f"asked: {scope['method']} {target} {headers.get('cookie', '')}")
    body, more = b"", True
    while more:
        event = await receive()
        body += event.get("body", b"")
        more = event.get("more_body", False)

    async def answer(status, type_, content, *own):
        fields = [(b"content-type", type_.encode())] if type_ else []
        await send({"type": "http.response.start", "status": status, "headers": [*fields, *own]})
        await send({"type": "http.response.body", "body": content})

    if path == "/set":
        lines = [
            "a=1; Path=/",
            "b=2; Path=/json",
            "c=3; HttpOnly",
            "d=4; Secure; Max-Age=99",
            "e=; Max-Age=0",
        ]
        own = [(b"set-cookie", line.encode()) for line in lines]
        await answer(302, "", b"", (b"location", b"/cookies"), *own)
    elif path == "/cookies":
        html = f"<pre>{headers.get('cookie')}</pre><pre id=seen></pre>"
        html += "<script>document.getElementById('seen').textContent = document.cookie</script>"
        await answer(200, "text/html", html.encode())
    elif path == "/loop":
        await answer(307, "", b"", (b"location", b"/loop"))
    elif path == "/away":
        await answer(302, "", b"", (b"location", b"http://elsewhere.example/x"))
    elif path == "/json":
        data = {
            "method": scope["method"],
            "own": headers.get("x-own"),
            "cookie": headers.get("cookie"),
        }
        await answer(200, "application/json", json.dumps(data).encode())
    elif path.startswith("/echo"):
        lines = [scope["method"], target, headers.get("content-type", "").partition(";")[0]]
        lines += [f"origin {headers.get('origin')}", body.decode()]
        await answer(200, "text/plain; charset=utf-8", "\n".join(lines).encode())
    elif path == "/events":
        fields = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        for n in (1, 2, 3):
            event = f"event: tick\nid: {n}\ndata: {n}\n\n".encode()
            await send({"type": "http.response.body", "body": event, "more_body": True})
            await asyncio.sleep(0.01)
        await send({"type": "http.response.body", "body": b""})
    elif path == "/nothing":
        await answer(204, "", b"")
    elif path in FILES:
        type_ = TYPES[path.rpartition(".")[2]] if "." in path else TYPES["html"]
        await answer(200, type_, FILES[path].encode())
    else:
        await answer(404, "text/plain", b"no such page")
