"""Two ways to put an example to its contract: on a real socket, and in memory.

The third, in the page, is page_driver.py.

All send the same bytes, for all use the page's own client. Each gives a `Transcript`.
"""

import asyncio
import functools
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from helpers.catalogue import ALL
from helpers.patience import PATIENCE
from helpers.worker_process import WorkerProcess
from runnable.catalogue.examples import Example, Request, check, check_log, check_overlap
from runnable.catalogue.examples import WebSocketExchange as Exchange
from runnable.harness.masks import mask_answer, mask_log
from runnable.harness.processes import RunningServer, boot
from runnable.inmemory.clients.http1 import HttpClient, HttpRequest
from runnable.inmemory.clients.websocket import WebSocketClient
from runnable.inmemory.session import HOST, PORT

# The client's events, each with its time in seconds.
TimedEvents = list[tuple[float, dict[str, Any]]]
QUIET = 3.0  # seconds without news after which it is asked whether the server will give any
# What a WebSocket's step waits for. Where the server refuses, its answer's head and body come
# first, in one piece or in several; the `error` after them says that it is whole.
STEPS = ("open", "message", "closed", "error")


@dataclass
class Transcript:
    """What an example answered and logged; what must differ between two runs is masked."""

    answers: dict[str, list[bytes]] = field(default_factory=dict)
    websockets: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    log: list[str] = field(
        default_factory=list
    )  # sorted: simultaneous connections log in any order
    complaints: list[str] = field(default_factory=list)  # where it is not as the contract says
    due: Counter[str] = field(default_factory=Counter)  # how often the log must say what by now

    def add_answers(
        self, example: Example, request: Request, events: Sequence[TimedEvents], *, threads: bool
    ) -> None:
        """Note the answers to a request that was sent `count` times at once."""
        for messages in events:
            kinds = {message["type"]: message for _, message in messages}
            error = kinds["error"]["message"] if "error" in kinds else None
            if error != request.response.error:
                self.complaints.append(f"{request.name}: {error or 'the answer is whole'}")
            if error:
                continue
            pieces = [(at, bytes(m["data"])) for at, m in messages if m["type"] == "data"]
            raw = bytes(kinds["end"]["raw"])
            self.answers.setdefault(request.name, []).append(mask_answer(raw))
            body = b"".join(piece for _, piece in pieces)
            head = kinds["head"]
            headers = [(name, value) for name, value in head["headers"]]
            for complaint in check(request.response, head["status"], headers, body, pieces):
                self.complaints.append(f"{request.name}: {complaint}")
        # Each answer's own first time stands in its first message, written when it was sent.
        began = min(messages[0][0] for messages in events)
        ends = [messages[-1][0] - began for messages in events]
        for complaint in check_overlap(request, example.module, ends, threads=threads):
            self.complaints.append(f"{request.name}: {complaint}")

    def await_probe(self, example: Example, read: Callable[[], str]) -> None:
        """Wait for what the log says of the request that was sent to see whether it is ready."""
        for request in example.contract.requests[:1]:
            self.await_log(replace(request, count=1), read)

    def await_log(self, request: Request, read: Callable[[], str]) -> None:
        """Wait until the log says what a request leads to, as often as it was sent until now."""
        line = request.logged
        self.due[line] += request.count
        deadline = time.monotonic() + PATIENCE
        while line and read().count(line) < self.due[line]:
            if time.monotonic() > deadline:
                self.complaints.append(f"{request.name}: the log does not say {line!r}: {read()}")
                return
            time.sleep(0.02)

    def add_websocket(self, exchange: Exchange, events: Sequence[dict[str, Any]]) -> None:
        """Note what happened on a WebSocket."""
        seen: list[tuple[Any, ...]] = []
        for event in events:
            match event["type"]:
                case "open":
                    seen.append(("accepted", event.get("subprotocol")))
                case "message":
                    seen.append(("message", event["data"]))
                case "closed":
                    seen.append(("closed", event["code"]))
                case "error":
                    seen.append(("error", event["message"]))
        self.websockets[exchange.name] = seen
        if seen != exchange.events():
            self.complaints.append(f"{exchange.name}: {seen} is not {exchange.events()}")

    def add_log(self, example: Example, server: str | None, text: str) -> None:
        """Note all that was logged, from the server's start to its end."""
        self.log = sorted(mask_log(text).splitlines())
        self.complaints += check_log(example.mistake, server or example.server, text)


# On a socket


def on_socket(example: Example, server: str | None = None) -> Transcript:
    """The real server, in a process of its own, over TCP."""
    transcript = Transcript()
    with boot(example, server) as running:
        transcript.await_probe(example, running.log)
        for request in example.contract.requests:
            events = run_apart(_requests(running.port, request))
            transcript.add_answers(example, request, events, threads=True)
            transcript.await_log(request, running.log)
        for exchange in example.contract.websockets:
            transcript.add_websocket(exchange, run_apart(_websocket(running, exchange)))
        running.wait_until_idle()  # wsgiref logs an answer after it has sent it
        log = running.log_path.open(errors="replace")  # it outlives its name
    with log:
        transcript.add_log(example, server, log.read())
    return transcript


@functools.cache
def published_on_socket(name: str, server: str) -> Transcript:
    """What a published example does on a socket; a process tries it once for all its tests."""
    return on_socket(ALL[name], server)


def run_apart[T](talk: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` in a thread of its own: in this one Playwright's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, talk).result()


async def _requests(port: int, request: Request) -> list[TimedEvents]:
    async def one() -> TimedEvents:
        events: TimedEvents = [(time.monotonic(), {"type": "sent"})]

        def on_event(message: dict[str, Any]) -> None:
            events.append((time.monotonic(), message))

        sent = HttpRequest(
            request.method, request.path, request.headers, request.body, request.leave_after
        )
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: HttpClient(sent, f"{HOST}:{PORT}", on_event), HOST, port
        )
        await client.finished
        return events

    async with asyncio.timeout(PATIENCE):
        return list(await asyncio.gather(*(one() for _ in range(request.count))))


async def _websocket(running: RunningServer, exchange: Exchange) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    news = asyncio.Event()

    def on_event(message: dict[str, Any]) -> None:
        events.append(message)
        news.set()

    async def received(count: int) -> None:
        while (
            sum(event["type"] in STEPS for event in events) < count and not client.finished.done()
        ):
            news.clear()
            try:
                async with asyncio.timeout(QUIET):
                    await news.wait()
            except TimeoutError:
                await asyncio.to_thread(running.wait_until_idle, news.is_set)
                await asyncio.sleep(0.01)  # let the loop read what has come
                if not news.is_set():
                    raise

    transport, client = await asyncio.get_running_loop().create_connection(
        lambda: WebSocketClient(
            exchange.path, f"{HOST}:{PORT}", on_event, subprotocols=exchange.subprotocols
        ),
        HOST,
        running.port,
    )
    try:
        await received(expected := 1)
        for step in exchange.steps:
            if client.finished.done():  # too early
                break
            if step.action == "send":
                client.send(str(step.value))
                continue
            if step.action == "close":
                client.close(int(step.value))
            await received(expected := expected + 1)
    except TimeoutError:
        on_event({"type": "error", "message": "no more came, and the server is idle"})
    transport.abort()  # whatever is still open
    return events


# In memory


def in_memory(example: Example, server: str | None = None) -> Transcript:
    """The same server's code in a process without sockets, as in the page's worker."""
    transcript = Transcript()
    with WorkerProcess() as worker:
        worker.post("watch", on=True)  # to be watched changes nothing
        ready = worker.run(example.source, server or example.server, example.module, example.app)
        if ready["type"] != "ready":
            transcript.complaints.append(f"{ready}\n{worker.log}")
            return transcript
        _probe_in_memory(worker, example)
        transcript.await_probe(example, worker.read_log)
        for request in example.contract.requests:
            sent = time.monotonic()
            ids = [_send_request(worker, request) for _ in range(request.count)]
            for id_ in ids:
                if worker.events.get(id_, [{"type": ""}])[-1]["type"] not in ("end", "error"):
                    worker.wait_for("end", "error", id_=id_)
            events = [
                [(sent, {"type": "sent"}), *zip(worker.times[id_], worker.events[id_], strict=True)]
                for id_ in ids
            ]
            transcript.add_answers(example, request, events, threads=False)
            transcript.await_log(request, worker.read_log)
        for exchange in example.contract.websockets:
            transcript.add_websocket(exchange, _websocket_in_memory(worker, exchange))
        worker.stop()
        transcript.add_log(example, server, worker.log)
    return transcript


def _send_request(worker: WorkerProcess, request: Request) -> int:
    return worker.send_request(
        request.method,
        request.path,
        request.headers,
        request.body,
        leave_after=request.leave_after,
    )


def _probe_in_memory(worker: WorkerProcess, example: Example) -> None:
    """What `boot` asks of a real server to see whether it is ready: it leaves a line in the log."""
    if example.contract.requests:
        worker.wait_for("end", "error", id_=_send_request(worker, example.contract.requests[0]))
    else:
        id_ = worker.open_websocket(example.contract.websockets[0].path)
        worker.wait_for("open", id_=id_)
        worker.post("abort", id=id_)


def _websocket_in_memory(worker: WorkerProcess, exchange: Exchange) -> list[dict[str, Any]]:
    id_ = worker.open_websocket(exchange.path, exchange.subprotocols)
    worker.wait_for(*STEPS, id_=id_)
    for step in exchange.steps:
        if step.action == "send":
            worker.post("send", id=id_, data=step.value)
            continue
        if step.action == "close":
            worker.post("close", id=id_, code=step.value, reason="")
        worker.wait_for(*STEPS, id_=id_)
    return worker.events[id_]
