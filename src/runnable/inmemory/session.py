"""An interpreter's side of the page: runs an example under a server, sends it requests.

The page's messages come in through `Session.receive`; everything that happens goes out through
`post`, in order, each the moment it happens. src/page/shared/messages.js has the shape of each
message.
"""

import asyncio
import importlib
import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import h11

from runnable.inmemory import clock, loader, stand_ins, threads
from runnable.inmemory.clients.http1 import HttpClient, HttpExchange, http_request
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.network.transport import MemoryTransport
from runnable.inmemory.servers import StartError, Stop, launcher

if TYPE_CHECKING:
    from runnable.inmemory.clients.http2 import Http2Client
    from runnable.inmemory.clients.websocket import WebSocketClient

HOST, PORT = "127.0.0.1", 8000
Post = Callable[[dict[str, Any]], None]


class LogStream(io.TextIOBase):
    """Standard output or error: each write is a message to the page."""

    def __init__(self, name: str, post: Post) -> None:
        self._name, self._post = name, post

    def write(self, text: str) -> int:
        """Post the text as it is written."""
        if text:
            self._post({"type": "log", "stream": self._name, "text": text})
        return len(text)

    def writable(self) -> bool:
        """True."""
        return True


class Session:
    """Serves one example at a time. Wants an interpreter of its own, and its loop running."""

    def __init__(self, post: Post) -> None:
        """Take over this interpreter's network, clock, threads and standard streams."""
        self._post = post
        self._loop = asyncio.get_running_loop()
        self._network = MemoryNetwork(self._loop).install()
        clock.install()
        stand_ins.install()
        sys.stdout, sys.stderr = LogStream("stdout", post), LogStream("stderr", post)
        self._clients: dict[int, HttpExchange | WebSocketClient] = {}
        self._stop_server: Stop | None = None
        self._turn: asyncio.Task[None] | None = None
        self._threads_replaced = False

    def receive(self, message: dict[str, Any]) -> None:
        """Act on a message of the page. Never raises: what goes wrong is posted."""
        kind = message["type"]
        if kind == "stop":
            self._post({"type": "stopping"})  # the page gives up on a worker that does not hear it
        if kind in ("run", "stop"):
            # One after the other: a second click must not start a server while the first still
            # starts.
            before, act = self._turn, self._run(message) if kind == "run" else self._stopped()
            self._turn = self._loop.create_task(self._after(before, act))
        else:
            try:
                getattr(self, f"_on_{kind}")(message)
            except Exception as error:
                self._post({"type": "error", "id": message["id"], "message": explain(error)})

    async def _after(self, before: asyncio.Task[None] | None, act: Any) -> None:
        if before is not None:
            await before
        await act

    # The server

    async def _run(self, message: dict[str, Any]) -> None:
        await self._stop()
        path = message["path"]
        try:
            server = launcher(message["server"])
            if not self._threads_replaced:
                threads.install(self._loop)
                self._threads_replaced = True
            importlib.invalidate_caches()
            source = message["source"], message["module"], path
            if server.IMPORTS_IN_LOOP:
                module = loader.load(*source)
            else:
                module = threads.outside_loop(loader.load, *source)
            app = find_application(module, message["app"], path)
            self._stop_server = await server.start(app, HOST, PORT, self._network)
        except StartError as error:
            self._post({"type": "failed", "message": str(error)})
        except BaseException as error:  # the reader's code may raise anything, SystemExit too
            sys.stderr.write(loader.format_error(error, path))
            self._post({"type": "failed", "message": explain(error, path)})
        else:
            self._post({"type": "ready"})

    async def _stop(self) -> None:
        if self._stop_server is not None:
            stop, self._stop_server = self._stop_server, None
            try:
                await stop()
            except BaseException as error:  # a lifespan or cleanup of the reader's that fails
                sys.stderr.write(loader.format_error(error, ""))
        for server, _ in tuple(self._network.listening.values()):
            server.abort_clients()

    async def _stopped(self) -> None:
        await self._stop()
        self._post({"type": "stopped"})

    # Its clients

    def _connect(self, id_: int, client: "HttpExchange | WebSocketClient") -> MemoryTransport:
        self._clients[id_] = client
        client.finished.add_done_callback(lambda _: self._clients.pop(id_, None))
        return self._network.connect(client, PORT, host=HOST, immediate=True)

    def _teller(self, id_: int) -> Post:
        return lambda event: self._post({**event, "id": id_})

    def _on_request(self, message: dict[str, Any]) -> None:
        id_ = message["id"]
        client = http_client(message.get("protocol") or "HTTP/1.1")
        self._connect(id_, client(http_request(message), f"{HOST}:{PORT}", self._teller(id_)))

    def _on_websocket(self, message: dict[str, Any]) -> None:
        # Not at the top: wsproto's import would delay the first response of every example.
        from runnable.inmemory.clients.websocket import WebSocketClient

        id_ = message["id"]
        client = WebSocketClient(
            message["path"],
            f"{HOST}:{PORT}",
            self._teller(id_),
            headers=[(str(name), str(value)) for name, value in message.get("headers") or ()],
            subprotocols=message.get("subprotocols") or (),
        )
        self._connect(id_, client)

    def _websocket(self, message: dict[str, Any]) -> "WebSocketClient":
        client = self._clients.get(message["id"])
        if client is None or isinstance(client, HttpExchange):
            raise ValueError("This WebSocket is closed.")
        return client

    def _on_send(self, message: dict[str, Any]) -> None:
        data = message["data"]
        self._websocket(message).send(data if isinstance(data, str) else bytes(data))

    def _on_close(self, message: dict[str, Any]) -> None:
        self._websocket(message).close(message.get("code") or 1000, message.get("reason") or None)

    def _on_abort(self, message: dict[str, Any]) -> None:
        client = self._clients.get(message["id"])
        if client is not None:
            client.abort()


def http_client(protocol: str) -> "type[HttpClient | Http2Client]":
    """The client for a version of HTTP.

    Raises:
        ValueError: for one that this interpreter does not speak.
    """
    if protocol == "HTTP/1.1":
        return HttpClient
    if protocol != "HTTP/2":
        raise ValueError(f"{protocol} is not spoken here.")
    try:
        # Not at the top: it comes with a server that speaks HTTP/2, and takes its time.
        from runnable.inmemory.clients.http2 import Http2Client
    except ModuleNotFoundError:
        raise ValueError("This server does not speak HTTP/2; Hypercorn does.") from None
    return Http2Client


def find_application(module: Any, name: str, path: str) -> Any:
    """The application object of a module.

    Raises:
        StartError: where there is none, or where it cannot be one.
    """
    if not hasattr(module, name):
        raise StartError(f"{path} defines no {name!r}: that is the name that the server looks for.")
    app = getattr(module, name)
    if not callable(app):
        raise StartError(
            f"{name!r} in {path} is of type {type(app).__name__}, which is not callable: "
            "it cannot be an application."
        )
    return app


def explain(error: BaseException, path: str = "") -> str:
    """One line that says what went wrong, for the page's status."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__} in line {error.lineno}: {error.msg}"
    if isinstance(error, ModuleNotFoundError):
        return f"{error}: this example's interpreter does not have it."
    if isinstance(error, SystemExit):
        return f"The example ended the interpreter: SystemExit({error.code!r})"
    if isinstance(error, ConnectionRefusedError):
        return f"Connection refused: no server is running at {HOST}:{PORT}."
    if isinstance(error, h11.LocalProtocolError):
        return f"This request cannot be sent: {error}"
    text = str(error)
    return f"{type(error).__name__}: {text}" if path else text or type(error).__name__
