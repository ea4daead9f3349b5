# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A bare ASGI application that streams: it sends event by event."""

import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": headers,
        }
    )
    for number in range(1, 5):
        await send(
            {
                "type": "http.response.body",
                "body": f"{number}\n".encode(),
                "more_body": True,
            }
        )
        await asyncio.sleep(0.15)
    await send({"type": "http.response.body"})
