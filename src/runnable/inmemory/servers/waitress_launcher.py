"""Waitress, as `waitress-serve module:app` starts it, without threads.

Its server, channels, parser and tasks are its own. The thread that reads and writes the sockets
becomes `turn`, which the network calls; and what would go to the pool's threads runs inline, one
call after another. Waitress buffers requests itself: no front collects them.
"""

import logging
import socket
from collections import deque
from typing import Any

from waitress import wasyncore
from waitress.server import create_server
from waitress.utilities import logger

from runnable.inmemory import stand_ins
from runnable.inmemory.network.fronts import PollingFront
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.network.sockets import ListeningSocket, PolledSocket
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.recording.wsgi_taps import recorded_wsgi
from runnable.inmemory.servers import Stop
from runnable.inmemory.threads import outside_loop

IMPORTS_IN_LOOP = False


class InlineDispatcher:
    """In place of `ThreadedTaskDispatcher`: keeps the tasks until they are run in turn."""

    def __init__(self) -> None:
        self._queue: deque[Any] = deque()
        self._running = False

    def add_task(self, task: Any) -> None:
        """Keep a channel that has a request to be served."""
        self._queue.append(task)

    def run(self) -> None:
        """Serve what is waiting; once at a time, for a call may wake the server."""
        if self._running:
            return
        self._running = True
        try:
            while self._queue:
                task = self._queue.popleft()
                try:
                    outside_loop(task.service)
                except BaseException:  # as a thread of the pool does: SystemExit ends no server
                    logger.exception("Exception when servicing %r", task)
        finally:
            self._running = False


async def start(app: Any, host: str, port: int, network: MemoryNetwork, recorder: Recorder) -> Stop:
    """Serve a WSGI application, one request after another."""
    stand_ins.provide(socket, SO_REUSEADDR=2)  # an option that is asked for, and not heeded
    # As `python -m waitress` sets its log up.
    handlers = tuple(logging.root.handlers)
    logging.basicConfig()
    logger.setLevel(logging.INFO)
    channels: dict[int, Any] = {}
    listening, tasks = ListeningSocket(), InlineDispatcher()
    server = create_server(
        recorded_wsgi(app, recorder),
        map=channels,
        _sock=listening,
        _dispatcher=tasks,
        listen=f"{host}:{port}",
    )

    def turn() -> None:
        """A turn of `wasyncore.loop`, by the network's word instead of that of `select`."""
        for channel in tuple(channels.values()):
            if channel.writable():
                wasyncore.write(channel)
            while can_be_read(channel) and channel.readable():
                wasyncore.read(channel)
        tasks.run()

    def can_be_read(channel: Any) -> bool:
        return isinstance(channel.socket, ListeningSocket | PolledSocket) and (
            channel.socket.readable
        )

    server.pull_trigger = turn  # what wakes the loop's thread from a call
    front = await network.create_server(lambda: PollingFront(listening, turn), host, port)
    server.print_listen("Serving on http://{}:{}")

    async def stop() -> None:
        front.close()
        wasyncore.close_all(channels)
        logging.root.handlers[:] = handlers  # another server may follow

    return stop
