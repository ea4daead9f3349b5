"""An interpreter's side of the page: runs an example under a server, sends it requests.

The page's messages come in through `Session.receive`; everything that happens goes out through
`post`, in order, each the moment it happens. messages.py has the shape of each message.
"""

import asyncio
import importlib
import io
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import h11

from runnable.inmemory import clock, loader, stand_ins, threads
from runnable.inmemory.clients.http1 import HttpClient, HttpExchange, HttpRequest
from runnable.inmemory.messages import (
    ClientEvent,
    FromSession,
    RequestMessage,
    RunMessage,
    ToSession,
    WebSocketMessage,
)
from runnable.inmemory.network import elsewhere
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.recording.steps import record_steps
from runnable.inmemory.recording.tracebacks import hide_recorder
from runnable.inmemory.servers import StartError, Stop, launcher

if TYPE_CHECKING:
    from runnable.inmemory.clients.http2 import Http2Client
    from runnable.inmemory.clients.websocket import WebSocketClient

HOST, PORT = "127.0.0.1", 8000
Post = Callable[[FromSession], None]


class LogStream(io.TextIOBase):
    """Standard output and error: each write is a message to the page."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def write(self, text: str) -> int:
        """Post the text as it is written."""
        if text:
            self._post({"type": "log", "text": text})
        return len(text)

    def writable(self) -> bool:
        """Whether `write` may be called: always."""
        return True


class Session:
    """Serves one example at a time. Wants an interpreter of its own, and its loop running."""

    def __init__(self, post: Post) -> None:
        """Take over this interpreter's network, clock, threads and standard streams."""
        self._post = post
        self._loop = asyncio.get_running_loop()
        self._recorder = Recorder(self._loop)
        record_steps(self._recorder)
        hide_recorder()
        self._network = MemoryNetwork(self._loop, self._recorder).install()
        elsewhere.install(self._loop, self._network.listening.__contains__)
        clock.install()
        stand_ins.install()
        sys.stdout = sys.stderr = LogStream(post)
        self._clients: dict[int, HttpExchange | WebSocketClient] = {}
        self._stop_server: Stop | None = None
        self._threads_replaced = False
        # A second click must not start a server while the first still starts.
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def restart_clocks(self) -> None:
        """Count time from now on: this session comes from a memory snapshot."""
        self._recorder.restart_clock()

    def receive(self, message: ToSession) -> None:
        """Act on a message of the page. Never raises: what goes wrong is posted."""
        try:
            self._act(message)
        except Exception as error:
            self._refuse(message, error)

    def _act(self, message: ToSession) -> None:
        match message["type"]:
            case "run":
                self._start_task(self._run(message))
            case "stop":
                self._post({"type": "stopping"})  # the page ends a worker that does not say so
                self._start_task(self._stop())
            case "request":
                self._send_request(message)
            case "websocket":
                self._open_websocket(message)
            case "send":
                data = message["data"]
                self._websocket(message["id"]).send(data if isinstance(data, str) else bytes(data))
            case "sendping":
                self._websocket(message["id"]).ping(message["payload"].encode())
            case "close":
                self._websocket(message["id"]).close(message["code"], message["reason"] or None)
            case "abort":
                if (client := self._clients.get(message["id"])) is not None:
                    client.abort()
            case "watch":
                self._recorder.watch(self._post_recorded if message["on"] else None)
            case unknown:
                raise TypeError(f"no message has the type {unknown!r}")

    def _refuse(self, message: Any, error: Exception) -> None:
        text = explain(error)
        if isinstance(error, KeyError | TypeError | AttributeError):
            kind = type(error).__name__
            text = f"The page's message is not as messages.py describes it: {kind}: {text}"
        if isinstance(message, dict) and isinstance(id_ := message.get("id"), int):
            self._post({"type": "event", "id": id_, "event": {"type": "error", "message": text}})
        else:
            sys.stderr.write(f"{text}\n")

    # The server

    def _start_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)  # the loop itself holds its tasks weakly
        task.add_done_callback(self._tasks.discard)

    async def _run(self, message: RunMessage) -> None:
        async with self._one_at_a_time:
            await self._end_server()
            path = str(message.get("path"))
            try:
                self._stop_server = await self._start_server(message)
            except StartError as error:
                self._post({"type": "failed", "message": str(error)})
            except BaseException as error:  # the reader's code may raise anything, SystemExit too
                sys.stderr.write(loader.format_error(error, path))
                self._post({"type": "failed", "message": explain(error, path)})
            else:
                self._post({"type": "ready"})

    async def _start_server(self, message: RunMessage) -> Stop:
        server = launcher(message["server"])
        self._recorder.begin(message["server"])
        if not self._threads_replaced:
            threads.install(self._loop)
            self._threads_replaced = True
        importlib.invalidate_caches()
        source = message["source"], message["module"], message["path"]
        if server.IMPORTS_IN_LOOP:
            module = loader.load(*source)
        else:
            module = threads.outside_loop(loader.load, *source)
        app = find_application(module, message["app"], message["path"])
        return await server.start(app, HOST, PORT, self._network, self._recorder)

    async def _stop(self) -> None:
        async with self._one_at_a_time:
            await self._end_server()
            self._post({"type": "stopped"})

    async def _end_server(self) -> None:
        if self._stop_server is not None:
            stop, self._stop_server = self._stop_server, None
            try:
                await stop()
            except BaseException as error:  # a lifespan or cleanup of the reader's that fails
                sys.stderr.write(loader.format_error(error, ""))
        for server, _ in tuple(self._network.listening.values()):
            server.abort_clients()

    # Its clients

    def _send_request(self, message: RequestMessage) -> None:
        request = HttpRequest(
            method=message["method"],
            path=message["path"],
            headers=[(str(name), str(value)) for name, value in message["headers"]],
            body=None if message["body"] is None else bytes(message["body"]),
            leave_after=message["leaveAfter"],
        )
        client = http_client(message["protocol"])
        post = self._posting_events(message["id"])
        self._connect(message["id"], client(request, f"{HOST}:{PORT}", post))

    def _open_websocket(self, message: WebSocketMessage) -> None:
        # Not at the top: wsproto's import would delay the first response of every example.
        from runnable.inmemory.clients.websocket import WebSocketClient

        client = WebSocketClient(
            message["path"],
            f"{HOST}:{PORT}",
            self._posting_events(message["id"]),
            headers=[(str(name), str(value)) for name, value in message["headers"]],
            subprotocols=message["subprotocols"],
        )
        self._connect(message["id"], client)

    def _posting_events(self, id_: int) -> Callable[[ClientEvent], None]:
        return lambda event: self._post({"type": "event", "id": id_, "event": event})

    def _post_recorded(self, entries: str, began: int, missing: int) -> None:
        self._post({"type": "recorded", "entries": entries, "began": began, "missing": missing})

    def _connect(self, id_: int, client: "HttpExchange | WebSocketClient") -> None:
        self._clients[id_] = client
        client.finished.add_done_callback(lambda _: self._clients.pop(id_, None))
        self._network.connect(client, PORT, host=HOST, immediate=True, client=id_)

    def _websocket(self, id_: int) -> "WebSocketClient":
        client = self._clients.get(id_)
        if client is None or isinstance(client, HttpExchange):
            raise ValueError("This WebSocket is closed.")
        return client


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
    try:
        text = str(error)
    except BaseException:  # the reader's own exception
        text = ""
    return f"{type(error).__name__}: {text}" if path else text or type(error).__name__
