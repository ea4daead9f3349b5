"""CPython's own tests of asyncio's servers and streams, run on the in-memory network.

They come with the interpreter, in the package `test`, and are run as they are. What they take from
the system is replaced: an event loop gets a MemoryNetwork, the WSGI server that they start in a
thread becomes wsgiref's on that network, a client in a thread reaches it through the loop. A real
socket that is bound, or that connects, is an error.
"""

import asyncio
import gc
import itertools
import socket
import unittest
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from unittest import mock

from test.support import socket_helper
from test.test_asyncio import (
    functional,
    test_buffered_proto,
    test_server,
    test_streams,
    utils,
)

from helpers.patience import PATIENCE
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.network.sockets import MemorySocket
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.servers import wsgiref_launcher

MODULES = (test_server, test_streams, test_buffered_proto)
HOST, FIRST_PORT = "127.0.0.1", 20_000


@dataclass
class Outcome:
    """What came of one test."""

    problems: str  # tracebacks, or why it was skipped; empty where it passed
    connections: int  # made on the in-memory network


class Machine:
    """What the tests take for the system: loops, ports, and the programs at their other end."""

    def __init__(self) -> None:
        self.ports = itertools.count(FIRST_PORT)
        self.connections = 0
        self._network: MemoryNetwork | None = None

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """A loop with a network of its own."""
        loop = asyncio.DefaultEventLoopPolicy().new_event_loop()
        self._recorder = Recorder(loop)
        self._network = MemoryNetwork(loop, self._recorder).install()
        connect = self._network.connect

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.connections += 1
            return connect(*args, **kwargs)

        self._network.connect = counted  # type: ignore[method-assign]
        return loop

    def create_socket(self, address: tuple[str, int]) -> MemorySocket:
        """In place of `socket.create_server`."""
        return MemorySocket((address[0], address[1] or next(self.ports)))

    @contextmanager
    def run_test_server(self) -> Iterator[SimpleNamespace]:
        """In place of the WSGI server in a thread: wsgiref, on the network of the newest loop."""
        assert self._network is not None
        loop, port = self._network.loop, next(self.ports)
        stop = loop.run_until_complete(
            wsgiref_launcher.start(answer, HOST, port, self._network, self._recorder)
        )
        try:
            yield SimpleNamespace(address=(HOST, port))
        finally:
            loop.run_until_complete(stop())


def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The application that the tests expect of their server."""
    start_response("200 OK", [("Content-type", "text/plain")])
    return [b"Test message"]


class Loops(asyncio.DefaultEventLoopPolicy):
    """The policy by which `asyncio.new_event_loop` and unittest make their loops."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self.new_event_loop = machine.new_event_loop  # type: ignore[method-assign]


class ClientSocket:
    """A blocking socket for a client in a thread: each call is made in the test's loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def _call(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)

    def settimeout(self, timeout: float) -> None:
        """Each call has its own."""

    def connect(self, address: tuple[str, int]) -> None:
        self._reader, self._writer = self._call(asyncio.open_connection(*address))

    def send(self, data: bytes) -> None:
        async def send() -> None:
            self._writer.write(data)

        self._call(send())

    def recv(self, size: int) -> Any:
        return self._call(self._reader.read(size))

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._writer.close)


class ThreadedClient(functional.TestThreadedClient):
    """CPython's client in a thread; as that needs the loop, the loop turns until it has ended."""

    def stop(self) -> None:
        while self.is_alive():
            self._test.run_loop_briefly()
        super().stop()


def tcp_client(test: Any, program: Any) -> ThreadedClient:
    """In place of `FunctionalTestCaseMixin.tcp_client`."""
    return ThreadedClient(test, ClientSocket(test.loop), program, PATIENCE)


def no_real_socket(*_: object) -> None:
    """In place of what reaches the real network.

    Raises:
        AssertionError: always.
    """
    raise AssertionError("a test opens a real socket: leave it out, or replace what opens it")


def collect() -> dict[str, unittest.TestCase]:
    """All tests of the modules, by class and method."""
    tests: dict[str, unittest.TestCase] = {}
    for module in MODULES:
        for suite in unittest.defaultTestLoader.loadTestsFromModule(module):
            for test in suite:  # type: ignore[union-attr]
                tests[f"{type(test).__name__}.{test._testMethodName}"] = test  # type: ignore[assignment, union-attr]
    return tests


@contextmanager
def replaced(machine: Machine) -> Iterator[None]:
    """Have the tests find the in-memory network in place of the system's."""
    before = asyncio.get_event_loop_policy()
    with ExitStack() as stack:
        stack.callback(asyncio.set_event_loop_policy, before)
        asyncio.set_event_loop_policy(Loops(machine))
        for owner, name, value in (
            (asyncio, "SelectorEventLoop", machine.new_event_loop),
            (utils, "run_test_server", machine.run_test_server),
            (functional.FunctionalTestCaseMixin, "tcp_client", tcp_client),
            (socket_helper, "find_unused_port", lambda: next(machine.ports)),
            (socket, "create_server", machine.create_socket),
            (socket.socket, "bind", no_real_socket),
            (socket.socket, "connect", no_real_socket),
        ):
            stack.enter_context(mock.patch.object(owner, name, value))
        yield


def run(test: unittest.TestCase) -> Outcome:
    """Run a test on the in-memory network."""
    machine, result = Machine(), unittest.TestResult()
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # the interpreter's; some of the tests look for warnings
        with replaced(machine):
            test.run(result)
        gc.collect()  # what a test leaves open warns here
    reports = [report for _, report in (*result.errors, *result.failures, *result.skipped)]
    return Outcome("\n".join(map(str, reports)), machine.connections)
