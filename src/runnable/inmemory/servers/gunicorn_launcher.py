"""Gunicorn's `sync` worker, as `gunicorn module:app` starts one, behind a buffering front.

There is no arbiter, which would start the worker by `fork` and watch over it: a browser's Python
has no processes. What the worker does with a connection is all its own.
"""

import os
import socket
from types import SimpleNamespace
from typing import Any

from runnable.inmemory import stand_ins
from runnable.inmemory.network.fronts import BufferingFront
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.network.sockets import BlockingSocket, ListeningSocket
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.recording.wsgi_taps import recorded_wsgi
from runnable.inmemory.servers import Stop

# Before Gunicorn is imported: it compares owners, and knows sockets of another family.
stand_ins.provide(os, geteuid=os.getuid, getegid=os.getgid)
stand_ins.provide(socket, AF_UNIX=None)

from gunicorn.config import Config  # noqa: E402
from gunicorn.workers.sync import SyncWorker  # noqa: E402

IMPORTS_IN_LOOP = False


async def start(app: Any, host: str, port: int, network: MemoryNetwork, recorder: Recorder) -> Stop:
    """Serve a WSGI application, one request after another."""
    config = Config()
    listening = ListeningSocket()
    listening.bind((host, port))
    recorded = recorded_wsgi(app, recorder)
    worker = SyncWorker(
        age=1,
        ppid=os.getppid(),
        sockets=[listening],
        app=SimpleNamespace(wsgi=lambda: recorded),
        timeout=config.timeout,
        cfg=config,
        log=config.logger_class(config),
    )
    worker.load_wsgi()

    def serve(connection: BlockingSocket) -> None:
        worker.handle(listening, connection, connection.getpeername())

    front = await network.create_server(lambda: BufferingFront(serve), host, port)

    async def stop() -> None:
        front.close()
        worker.tmp.close()

    return stop
