# /// script
# dependencies = ["uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Work after the response, in bare ASGI: by a task of the loop."""

import asyncio

tasks = set()  # the loop alone would let a task be garbage-collected


async def write_report():
    await asyncio.sleep(0.2)
    print("The report is written.", flush=True)


async def app(scope, receive, send):
    if scope["type"] != "http":
        # Raising declines what is not served here, such as "lifespan".
        raise NotImplementedError(scope["type"])
    status, body = 200, b"POST / asks for a report.\n"
    if scope["method"] == "POST":
        status, body = 202, b"The report will be written.\n"
        task = asyncio.create_task(write_report())
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    start = {"type": "http.response.start", "status": status}
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": body})
