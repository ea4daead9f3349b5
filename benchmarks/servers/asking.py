"""How each question is asked: a fresh server, a load, and the numbers that come of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.servers.clients import Load, hold_websockets, open_streams
from benchmarks.servers.machine import Cores, listed, memory_of
from benchmarks.servers.plan import Question
from benchmarks.servers.subjects import SUBJECTS, WAYS
from runnable.harness.processes import RunningServer, boot

# In the middle of a second, which each stream lasts.
STREAM_LOOK = 0.8
HEAD_START = 0.2  # of the computations, before the short requests

type Numbers = dict[str, float]


def ask(question: Question, seconds: int, cores: Cores) -> Numbers:
    """Start a server, ask, stop it.

    Returns:
        The numbers, among them `first_answer_s`: from the command to the first
        answer, looked for every 20 ms.
    """
    one = SUBJECTS[question.subject]
    pinned = ("taskset", "--cpu-list", listed(cores.server), *one.spec.command)
    began = time.perf_counter()
    with boot(one.example, replace(one.spec, command=pinned)) as server:
        first = time.perf_counter() - began
        numbers = ASKING[question.experiment](question, server, seconds, cores)
    return {**numbers, "first_answer_s": round(first, 3)}


def url(server: RunningServer, path: str) -> str:
    """The address of a path."""
    return f"http://{server.host}:{server.port}{path}"


def ask_path(path: str) -> Callable[[Question, RunningServer, int, Cores], Numbers]:
    """Ask for a path, by wrk."""

    def asking(question: Question, server: RunningServer, seconds: int, cores: Cores) -> Numbers:
        return Load(url(server, path), question.clients, seconds, cores).result()

    return asking


def ask_way(question: Question, server: RunningServer, seconds: int, cores: Cores) -> Numbers:
    """Ask for the path where the application waits in this way."""
    path = WAYS[question.subject.removeprefix("way-")][2]
    return Load(url(server, path), question.clients, seconds, cores).result()


def ask_mix(question: Question, server: RunningServer, seconds: int, cores: Cores) -> Numbers:
    """Ask for short answers while one client asks for computations."""
    computing = Load(url(server, "/compute"), 1, seconds + 1, cores)
    time.sleep(HEAD_START)
    short = Load(url(server, "/"), question.clients, seconds, cores).result()
    computed = computing.result()
    names = {"requests_per_second": "computations_per_second", "p50_ms": "computation_ms"}
    return short | {ours: computed[name] for name, ours in names.items() if name in computed}


def ask_streams(question: Question, server: RunningServer, seconds: int, cores: Cores) -> Numbers:
    """Count the streams that have begun."""
    asked = open_streams(server.host, server.port, "/stream", question.clients, STREAM_LOOK)
    return {"begun": asyncio.run(asked)}


def ask_websockets(
    question: Question, server: RunningServer, seconds: int, cores: Cores
) -> Numbers:
    """Read the server's memory without and with WebSockets."""

    def memory() -> float:
        server.wait_until_idle()
        return memory_of(server.pid)

    before = memory()
    held = hold_websockets(server.host, server.port, "/echo", question.clients, memory)
    after = asyncio.run(held)
    each = (after - before) * 1024 / question.clients
    return {"memory_mib": round(after, 1), "kib_each": round(each, 1)}


def ask_rest(question: Question, server: RunningServer, seconds: int, cores: Cores) -> Numbers:
    """Read the server's memory."""
    server.wait_until_idle()
    return {"memory_mib": round(memory_of(server.pid), 1)}


ASKING: dict[str, Callable[[Question, RunningServer, int, Cores], Numbers]] = {
    "waiting": ask_path("/wait"),
    "ceiling": ask_path("/wait"),
    "ways": ask_way,
    "mix": ask_mix,
    "computing": ask_path("/compute"),
    "hello": ask_path("/"),
    "streams": ask_streams,
    "websockets": ask_websockets,
    "rest": ask_rest,
}
