"""A launcher a server: starts the server's own code on the event loop's network, and stops it."""

import importlib
from collections.abc import Awaitable, Callable
from typing import Any

from runnable.inmemory.network.ports import MemoryNetwork

Stop = Callable[[], Awaitable[None]]
Launcher = Callable[[Any, str, int, MemoryNetwork], Awaitable[Stop]]

LAUNCHERS = {
    "aiohttp": "runnable.inmemory.servers.aiohttp_launcher",
    "gunicorn": "runnable.inmemory.servers.gunicorn_launcher",
    "hypercorn": "runnable.inmemory.servers.hypercorn_launcher",
    "uvicorn": "runnable.inmemory.servers.uvicorn_launcher",
    "waitress": "runnable.inmemory.servers.waitress_launcher",
    "wsgiref": "runnable.inmemory.servers.wsgiref_launcher",
}

# Servers whose event loop is running already when they import the application.
IMPORTING_IN_LOOP = {"uvicorn"}


class StartError(Exception):
    """A server that did not start; the message says why, as far as its log does not."""


def launcher(name: str) -> Launcher:
    """The launcher of a server: `await start(app, host, port, network)` gives what stops it.

    Raises:
        StartError: for a server that cannot run here.
    """
    if name not in LAUNCHERS:
        raise StartError(f"no server named {name!r} runs here: {', '.join(LAUNCHERS)}")
    start: Launcher = importlib.import_module(LAUNCHERS[name]).start
    return start
