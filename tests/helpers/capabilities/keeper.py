"""Keeps the servers up that are measured, from one test to the next."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from typing import Any, Self

from helpers.capabilities.features import with_features
from helpers.capabilities.measuring import application_of
from helpers.capabilities.operating import Operated, operated
from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer, boot, reserved_port


class Keeper:
    """Keeps one server up until another is asked for: as it is, and once with more options."""

    def __init__(self) -> None:
        self._server: ServerSpec | None = None
        self._up: dict[str, tuple[object, ExitStack, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop what is up: the next test finds it fresh."""
        for kind in list(self._up):
            self._stop(kind)

    def boot(self, server: ServerSpec, *features: str) -> RunningServer:
        """Give a server with the application that it takes, and with some of its features."""
        kind = "with more" if features else "as it is"
        return self._keep(kind, server, features, lambda: _with(server, *features))

    def operate(self, server: ServerSpec) -> Operated:
        """Give a server with all that operating.py names."""
        return self._keep("with more", server, "operated", lambda: operated(server))

    def _keep[T](
        self,
        kind: str,
        server: ServerSpec,
        wanted: object,
        start: Callable[[], AbstractContextManager[T]],
    ) -> T:
        if self._server != server:
            self.close()
            self._server = server
        if kind in self._up and self._up[kind][0] != wanted:
            self._stop(kind)
        if kind not in self._up:
            stack = ExitStack()
            self._up[kind] = wanted, stack, stack.enter_context(start())
        found: T = self._up[kind][2]
        return found

    def _stop(self, kind: str) -> None:
        _, stack, _ = self._up.pop(kind)
        stack.close()


@contextmanager
def _with(server: ServerSpec, *features: str) -> Iterator[RunningServer]:
    """Start a server with some of its features; it listens for HTTPS where it was told to."""
    with reserved_port() as https_port:
        values = {"https_port": str(https_port)}
        spec, probe, port = with_features(server, *features, values=values)
        with boot(application_of(server), spec, probe=probe) as running:
            yield replace(running, port=port or running.port)
