"""Runs an example in Pyodide, and says which files of the standard library that took."""

import asyncio
import sys
from typing import Any

from runnable.inmemory.session import Session

ENDS = {"ready", "failed", "stopped"}
SETTLED = {"end", "error", "closed"}
# The library, and where the interpreter thinks that the modules are that it is built with.
ROOTS = ("/lib/python3.14/", "/lib/python314.zip/")


async def imported(example: dict[str, Any], server: str) -> list[str]:
    """The names of the files, after a run with all requests and WebSockets of the contract.

    Raises:
        RuntimeError: The example has not started.
    """
    seen: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    session: Any = Session(seen.put_nowait)  # type: ignore[arg-type]

    async def wait(*types: str) -> dict[str, Any]:
        while True:
            message = await asyncio.wait_for(seen.get(), 20)
            kind = message["event"]["type"] if message["type"] == "event" else message["type"]
            if kind in types:
                return message

    keys = ("source", "module", "app")
    run = {key: example[key] for key in keys} | {"path": "app.py", "server": server}
    session.receive({"type": "run", **run})
    started = await wait("ready", "failed")
    if started["type"] == "failed":
        raise RuntimeError(started["message"])
    for id_, request in enumerate(example["requests"]):
        body = request["body"]
        request = {**request, "body": None if body is None else body.encode()}
        session.receive({"type": "request", "id": id_, "protocol": "HTTP/1.1", **request})
        await wait(*SETTLED)
    for id_, socket in enumerate(example["websockets"], 1000):
        handshake = {"path": socket["path"], "headers": [], "subprotocols": socket["subprotocols"]}
        session.receive({"type": "websocket", "id": id_, **handshake})
        if (await wait("open", *SETTLED))["event"]["type"] == "open":
            for data in socket["messages"]:
                session.receive({"type": "send", "id": id_, "data": data})
            session.receive({"type": "close", "id": id_, "code": 1000, "reason": ""})
            await wait(*SETTLED)
    session.receive({"type": "stop"})
    await wait("stopped")
    files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
    own = {file.partition(root)[2] for root in ROOTS for file in files if file.startswith(root)}
    library = {file for file in own if not file.startswith("site-packages/")}
    return sorted(file.removesuffix("c") for file in library)
