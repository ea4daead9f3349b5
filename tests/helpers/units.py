"""A stand-in for systemd: it holds a service's socket, starts it with that, and stops it."""

from __future__ import annotations

import configparser
import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.patience import PATIENCE

# systemd passes sockets from descriptor 3 on, and says for whom: sd_listen_fds(3).
ACTIVATE = 'exec 3<&"$0"; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$@"'
PROGRAMS = Path(sys.executable).parent


def settings(unit: Path) -> dict[str, dict[str, str]]:
    """Read a unit's file, by section and name."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # names keep their capitals
    parser.read(unit, "utf-8")
    return {name: dict(parser[name]) for name in parser.sections()}


def command_of(service: dict[str, dict[str, str]]) -> list[str]:
    """Give the command of a service, with the program of this environment."""
    program, *options = shlex.split(service["Service"]["ExecStart"])
    return [str(PROGRAMS / Path(program).name), *options]


class Service:
    """A service with a socket of its own, in a session of its own.

    Attributes:
        port: Where its socket listens, whether it runs or not.
    """

    def __init__(self, command: Sequence[str], working_directory: Path, folder: Path) -> None:
        self._command, self._working_directory, self._folder = command, working_directory, folder
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._socket.getsockname()[1])
        self._notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._notices.bind(str(folder / "notify"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def log(self) -> str:
        return (self._folder / "log").read_text("utf-8", errors="replace")

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["bash", "-c", ACTIVATE, str(self._socket.fileno()), *self._command],
                cwd=self._working_directory,
                env={**os.environ, "NOTIFY_SOCKET": str(self._folder / "notify")},
                pass_fds=[self._socket.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_notified(self) -> list[str]:
        """Wait for what the service tells, and give its lines."""
        self._notices.settimeout(PATIENCE)
        return self._notices.recv(4096).decode().splitlines()

    def stop(self) -> int:
        """Ask it to stop, as systemd does with KillMode=mixed, and give its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(PATIENCE)
        self.kill()
        return code

    def kill(self) -> None:
        """Kill what is left of its session."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def close(self) -> None:
        self.kill()
        self._socket.close()
        self._notices.close()


@contextmanager
def started(command: Sequence[str], working_directory: Path, folder: Path) -> Iterator[Service]:
    """Start a service; nothing of it outlives the block.

    Args:
        command: What starts it.
        working_directory: Where.
        folder: An empty folder, for its log.

    Yields:
        The service, which may not answer yet: who connects, waits.
    """
    service = Service(command, working_directory, folder)
    try:
        service.start()
        yield service
    finally:
        service.close()
