"""An application that sends what would harm its reader, if the page let it."""

FILES = {}  # the test puts the folder's files here: each path's text


def markup():
    return FILES["/"].partition("-->")[2].strip()


async def app(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        script = markup()
        await send({"type": "websocket.send", "text": script})
        await send({"type": "websocket.close", "code": 4000, "reason": script[:100]})
        return
    if scope["type"] != "http":
        raise NotImplementedError
    print(f"asked: {scope['method']} {scope['path']}")
    path, script = scope["path"], markup()
    print(script)
    html = FILES.get(path, script)
    disposition = f"attachment; filename='{script}'".encode()
    headers = [(b"content-type", b"text/html"), (b"x-script", script.encode())]
    if path == "/file":
        headers = [
            (b"content-type", b"application/octet-stream"),
            (b"content-disposition", disposition),
        ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": html.encode()})
