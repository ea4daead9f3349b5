"""A page's worker in CPython: a Session in a process of its own, driven by the page's messages."""

import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from helpers.patience import PATIENCE

# Forked from a process that has imported the session, and nothing that it serves.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["runnable.inmemory.session"])


def serve_session(pipe: Connection) -> None:
    """The process: messages in, messages out, until the pipe closes."""
    from runnable.inmemory.session import Session

    async def main() -> None:
        session = Session(pipe.send)
        closed = asyncio.Event()

        def receive() -> None:
            try:
                message = pipe.recv()
            except EOFError:
                loop.remove_reader(pipe.fileno())
                closed.set()
            else:
                session.receive(message)

        loop = asyncio.get_running_loop()
        loop.add_reader(pipe.fileno(), receive)
        await closed.wait()

    with tempfile.TemporaryDirectory() as folder:  # a page's files are its own, too
        tempfile.tempdir = folder
        asyncio.run(main())


class WorkerProcess:
    """Exchanges the page's messages with a Session; `log` is all that was logged."""

    def __init__(self) -> None:
        self._pipe, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=serve_session, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._last_id = 0
        self.log = ""
        self.events: dict[int, list[dict[str, Any]]] = {}
        self.times: dict[int, list[float]] = {}
        self.recorded: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def post(self, type_: str, **message: Any) -> int:
        """Send a message; a fresh id for what is answered by id, unless given."""
        if "id" not in message:
            self._last_id += 1
            message["id"] = self._last_id
        self.send({"type": type_, **message})
        return int(message["id"])

    def send(self, message: object) -> None:
        """Send a message as it is, whatever its shape."""
        self._pipe.send(message)

    def pump(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """The next message of the worker or event of a client, noted; TimeoutError if none."""
        if not self._pipe.poll(timeout):
            raise TimeoutError(f"the worker is silent; its log:\n{self.log}")
        message: dict[str, Any] = self._pipe.recv()
        if message["type"] == "log":
            self.log += message["text"]
        elif message["type"] == "recorded":
            self.recorded.append(message)
        elif message["type"] == "event":
            id_, message = message["id"], {**message["event"], "id": message["id"]}
            self.events.setdefault(id_, []).append(message)
            self.times.setdefault(id_, []).append(time.monotonic())
        return message

    def read_log(self) -> str:
        """All that was logged until now."""
        while self._pipe.poll():
            self.pump()
        return self.log

    def wait_for(self, *types: str, id_: int | None = None) -> dict[str, Any]:
        """The next message of one of these types (and of this id); what comes before is noted."""
        while True:
            message = self.pump()
            if message["type"] in types and (id_ is None or message.get("id") == id_):
                return message

    def run(
        self,
        source: str,
        server: str,
        module: str = "example_app",
        app: str = "app",
        path: str = "",
    ) -> dict[str, Any]:
        """Run a source text; gives `ready` or `failed`."""
        self.post(
            "run", source=source, module=module, path=path or f"{module}.py", app=app, server=server
        )
        return self.wait_for("ready", "failed")

    def run_file(self, file: Path, server: str) -> dict[str, Any]:
        """Run a file; gives `ready` or `failed`."""
        return self.run(
            file.read_text(), server, module=file.stem, path=f"{file.parent.name}/{file.name}"
        )

    def send_request(
        self,
        method: str = "GET",
        path: str = "/",
        headers: Sequence[tuple[str, str]] = (),
        body: bytes | None = None,
        protocol: str = "HTTP/1.1",
        leave_after: int = 0,
    ) -> int:
        """Send a request; gives its id."""
        return self.post(
            "request",
            method=method,
            path=path,
            headers=list(headers),
            body=body,
            protocol=protocol,
            leaveAfter=leave_after,
        )

    def request(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Send a request, as `send_request` does, and wait for its end; gives all its events."""
        id_ = self.send_request(*args, **kwargs)
        self.wait_for("end", "error", id_=id_)
        return self.events[id_]

    def open_websocket(self, path: str, subprotocols: Sequence[str] = ()) -> int:
        """Ask for a WebSocket; gives its id."""
        return self.post("websocket", path=path, headers=[], subprotocols=list(subprotocols))

    def stop(self) -> None:
        """Stop the server and wait for it."""
        self.post("stop")
        self.wait_for("stopped")
