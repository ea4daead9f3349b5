"""The smallest applications, as sources, and the body of what they answer."""

from typing import Any

HELLO = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello from " + environ["PATH_INFO"].encode("latin-1")]
"""
ASGI = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["raw_path"]})
"""


def body(events: list[dict[str, Any]]) -> bytes:
    return b"".join(message["data"] for message in events if message["type"] == "data")
