"""A launcher a server: starts the server's own code on the event loop's network, and stops it.

The launcher of the server that `examples/servers.toml` calls `<name>` is `<name>_launcher.py` here.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.recording.recorder import Recorder

Stop = Callable[[], Awaitable[None]]


class Launcher(Protocol):
    """What a launcher's module has.

    Attributes:
        IMPORTS_IN_LOOP: Whether the server's event loop runs when it imports the application.
    """

    IMPORTS_IN_LOOP: bool

    async def start(
        self, app: Any, host: str, port: int, network: MemoryNetwork, recorder: Recorder
    ) -> Stop:
        """Serve an application, recorded; what is returned stops the server."""


class StartError(Exception):
    """A server that did not start; the message says why, as far as its log does not."""


def names() -> list[str]:
    """The servers that have a launcher."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return [name.removesuffix("_launcher") for name in modules]


def launcher(name: str) -> Launcher:
    """The launcher of a server.

    Raises:
        StartError: for a server that cannot run here.
    """
    if name not in names():
        raise StartError(f"no server named {name!r} runs here: {', '.join(names())}")
    return cast("Launcher", importlib.import_module(f"{__name__}.{name}_launcher"))
