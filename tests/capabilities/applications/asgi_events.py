"""What the capability tests ask of an ASGI server's events: a path each.

What an application alone can see it prints, after its path: the tests read it in the server's log.
"""

import asyncio
import json

LINK = b"</style.css>; rel=preload"


async def start(send, *headers, **more):
    headers = [(b"content-type", b"text/plain"), *headers]
    await send({"type": "http.response.start", "status": 200, "headers": headers, **more})


async def scope(scope, receive, send):
    """Tell what the server says of itself and of the lifespan."""
    await start(send)
    told = {
        "spec_version": scope["asgi"].get("spec_version"),
        "extensions": sorted(scope.get("extensions") or {}),
        "state": sorted(scope.get("state", {})),
    }
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


async def client(scope, receive, send):
    """Tell who asks, and how, as the server sees it."""
    told = f"{scope['scheme']} {scope['client'][0]}".encode()
    await start(send, (b"content-length", str(len(told)).encode()))
    await send({"type": "http.response.body", "body": told})


async def mounted(scope, receive, send):
    """Tell where the server says that the application is mounted."""
    told = f"{scope['root_path']} {scope['path']}".encode()
    await start(send, (b"content-length", str(len(told)).encode()))
    await send({"type": "http.response.body", "body": told})


async def disconnect(scope, receive, send):
    """Begin an answer, wait until the client has left, and go on all the same."""
    await start(send)
    await send({"type": "http.response.body", "body": b"begun", "more_body": True})
    while (event := await receive())["type"] == "http.request":
        pass
    print("told /disconnect", event["type"], flush=True)
    print(
        "told /send", await error_of_sending(send, "http.response.body", body=b"late"), flush=True
    )


async def error_of_sending(send, event_type, **event):
    """Send to a client who has left, some times; give the class that send raised, or nothing."""
    try:
        for _ in range(3):
            await send({"type": event_type, "more_body": True, **event})
            await asyncio.sleep(0.1)
    except Exception as error:
        kind = "OSError" if isinstance(error, OSError) else "no OSError"
        return f"{type(error).__name__}, {kind}"
    return "nothing"


async def trailers(scope, receive, send):
    await start(send, (b"trailer", b"x-checksum"), trailers=True)
    await send({"type": "http.response.body", "body": b"body"})
    await send({"type": "http.response.trailers", "headers": [(b"x-checksum", b"42")]})


async def early_hint(scope, receive, send):
    """Send it first: once the answer has begun, HTTP has no place for it."""
    await send({"type": "http.response.early_hint", "links": [LINK]})
    await start(send)
    await send({"type": "http.response.body", "body": b"body"})


async def pathsend(scope, receive, send):
    await start(send)
    await send({"type": "http.response.pathsend", "path": __file__})


async def zerocopysend(scope, receive, send):
    await start(send)
    with open(__file__, "rb") as file:
        await send({"type": "http.response.zerocopysend", "file": file})


async def push(scope, receive, send):
    await start(send)
    await send({"type": "http.response.push", "path": "/", "headers": []})
    await send({"type": "http.response.body", "body": b"body"})


PATHS = {
    "/scope": scope,
    "/client": client,
    "/mounted": mounted,
    "/disconnect": disconnect,
    "/trailers": trailers,
    "/early-hint": early_hint,
    "/pathsend": pathsend,
    "/zerocopysend": zerocopysend,
    "/push": push,
}


async def websocket(scope, receive, send):
    """Take a WebSocket: /deny refuses it, /close closes it, others echo and tell its end."""
    path = scope["path"]
    await receive()
    if path == "/deny":
        await deny(scope, send)
        return
    subprotocols = scope["subprotocols"]
    await send({"type": "websocket.accept", "subprotocol": (subprotocols or [None])[-1]})
    if path == "/close":
        await send({"type": "websocket.close", "code": 4001, "reason": "enough"})
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": event["text"]})
    print("told", path, event["code"], flush=True)
    if path == "/late":
        print(
            "told /late-send",
            await error_of_sending(send, "websocket.send", text="late"),
            flush=True,
        )


async def deny(scope, send):
    """Refuse with a status of its own where the server says that it can, else by closing."""
    if "websocket.http.response" in scope.get("extensions", {}):
        headers = [(b"content-type", b"text/plain"), (b"content-length", b"6")]
        opening = "websocket.http.response.start"
        await send({"type": opening, "status": 401, "headers": headers})
        await send({"type": "websocket.http.response.body", "body": b"denied"})
    else:
        await send({"type": "websocket.close"})
