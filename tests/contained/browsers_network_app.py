"""Tries to reach a port of this machine by what the browser has, and tells how each way ended."""

import json

import js
import pyodide_js
from pyodide.code import run_js

GLOBALS = {
    "fetch": lambda url: js.fetch(url),
    "XMLHttpRequest": lambda url: js.XMLHttpRequest.new().open("GET", url),
    "WebSocket": lambda url: js.WebSocket.new(url.replace("http", "ws")),
    "WebSocketStream": lambda url: js.WebSocketStream.new(url.replace("http", "ws")),
    "WebTransport": lambda url: js.WebTransport.new(url.replace("http", "https")),
    "EventSource": lambda url: js.EventSource.new(url),
    "importScripts": lambda url: js.importScripts(url),
    "FontFace": lambda url: js.FontFace.new("x", f"url({url})").load(),
    "Worker": lambda url: js.Worker.new(url),
    "eval": lambda url: js.eval(f"fetch('{url}')"),
    "Function": lambda url: js.Function.new(f"return import('{url}')")(),
    "run_js": lambda url: run_js(f"import('{url}')"),
    "a prototype": lambda url: js.Object.getPrototypeOf(js.self).fetch(url),
}


async def try_all(url):
    ends = {}
    for way, call in GLOBALS.items():
        try:
            made = call(url)
            ends[way] = f"reached: {await made if hasattr(made, 'then') else made}"
        except Exception as error:
            ends[way] = f"{type(error).__name__}: {error}".partition("\n")[0]
    ends["open_url"] = opened(url)
    loaded = await pyodide_js.loadPackage(f"{url}x-1-py3-none-any.whl")  # prints its errors
    ends["loadPackage"] = "reached" if len(loaded) else "nothing was loaded"
    return ends


def opened(url):
    try:
        from pyodide.http import open_url

        return f"reached: {open_url(url)}"
    except Exception as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    ends = await try_all(f"http://127.0.0.1:{scope['path'].strip('/')}/")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(ends).encode()})
