# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A client that leaves an ASGI stream: who awaits receive is told."""

import asyncio


async def write_lines(send):
    for number in range(1, 11):
        body = f"{number}\n".encode()
        event = {"type": "http.response.body", "body": body}
        await send({**event, "more_body": True})
        await asyncio.sleep(0.05)
    await send({"type": "http.response.body"})
    print("All ten lines were made.", flush=True)


async def client_leaves(receive):
    while (await receive())["type"] != "http.disconnect":
        pass  # the request's body


async def app(scope, receive, send):
    if scope["type"] != "http":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"type": "http.response.start", "status": 200}
    await send({**start, "headers": headers})
    writing = asyncio.create_task(write_lines(send))
    leaving = asyncio.create_task(client_leaves(receive))
    first = asyncio.FIRST_COMPLETED
    await asyncio.wait({writing, leaving}, return_when=first)
    if not writing.done():
        print("The client left.", flush=True)
    writing.cancel()
    leaving.cancel()
