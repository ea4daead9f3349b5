"""A server with all options that operation.toml asks about, on a copy of its application.

They are switched on together, so that one start serves all questions.
"""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.capabilities.expectations import HERE
from helpers.capabilities.features import Probe, with_features
from helpers.capabilities.measuring import OnUnixSocket, application_of, ask
from helpers.patience import wait_until
from runnable.catalogue.examples import load_example
from runnable.catalogue.servers import HOST, IN_OPERATION, ServerSpec
from runnable.harness.processes import RunningServer, boot


@dataclass(frozen=True)
class Operated:
    """A server with its further options.

    Attributes:
        running: It, by TCP if it listens there, else by its Unix socket.
        unix: It, by its Unix socket, if it has an option for one.
        folder: The copy of its application.
    """

    running: RunningServer
    unix: OnUnixSocket | None
    folder: Path

    def loads_what_changes(self, unless_noticed: str = "") -> bool:
        """Change a module that the application imports; tell whether another answer comes.

        Args:
            unless_noticed: Give up where the server has logged this, and goes on as before.
        """
        assert ask(self.running, "/app/").body == b"hello"
        self.running.wait_until_idle()  # it has looked at the files
        for path in self.folder.glob("*_app.py"):
            new = self.folder.with_name("new")
            new.write_text(path.read_text("utf-8").replace('"hello"', '"changed"'), "utf-8")
            new.replace(path)  # at once: a server might load the half of a file
        logged = len(self.running.log())

        def noticed() -> bool:
            return unless_noticed in self.running.log()[logged:] if unless_noticed else False

        asked = count()

        def changed() -> bool:
            if next(asked) % 50 == 49:  # it might not have looked at the files before the change
                for path in self.folder.glob("*_app.py"):
                    path.touch()
            return self._has_changed()

        wait_until(lambda: changed() or noticed())
        for _ in range(10):  # what has noticed it may be about to end
            if self._has_changed():
                return True
            self.running.wait_until_idle()
        return False

    def _has_changed(self) -> bool:
        with suppress(ConnectionError):  # it starts anew
            return ask(self.running, "/app/").body == b"changed"
        return False


@contextmanager
def operated(server: ServerSpec) -> Iterator[Operated]:
    """Start a server with all that it has of IN_OPERATION; below /app is its application."""
    with TemporaryDirectory(prefix="operated-") as place:
        Path(place).chmod(0o755)  # Apache does not run as root
        folder = Path(place) / "applications"
        shutil.copytree(HERE / "applications", folder, ignore=shutil.ignore_patterns("__pycache__"))
        names = [name for name in IN_OPERATION if name in server.features]
        path = Path(place) / "socket"
        spec, _, _ = with_features(server, *names, values={"socket": str(path)})
        example = load_example(folder / application_of(server).path.name)
        if "unix" not in names:
            with boot(example, spec) as running:
                yield Operated(running, None, folder)
            return
        with boot(example, spec, probe=by_unix_socket(path)) as running:
            unix = OnUnixSocket(**vars(running), socket_path=path)
            yield Operated(running if _listens(running) else unix, unix, folder)


def by_unix_socket(path: Path) -> Probe:
    """Give how to ask a server that listens on a Unix socket whether it is ready."""

    def probe(running: RunningServer) -> None:
        if not ask(OnUnixSocket(**vars(running), socket_path=path), "/").status:
            raise ConnectionError("no answer yet")

    return probe


def _listens(running: RunningServer) -> bool:
    """Whether a server listens by TCP."""
    with suppress(ConnectionRefusedError), socket.create_connection((HOST, running.port)):
        return True
    return False
