"""Boots real servers on real sockets, as `examples/servers.toml` describes them."""

from __future__ import annotations

import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from runnable.catalogue.examples import Example, Request
from runnable.catalogue.servers import HOST, ServerSpec, server_of

START_SECONDS = 120.0  # what takes longer has failed, on however busy a machine
STOP_SECONDS = 12.0
POLL_SECONDS = 0.02
IDLE_LOOKS = 5  # in a row, that long apart
# The opening handshake's headers, with the sample key of RFC 6455, section 1.3.
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}
# Apache gives up root's rights for its workers, which then cannot read a Python below
# /root. So it starts without them, but with one right of root's: to pass by a file's
# permissions. (To read alone there is dac_read_search, which containers rarely grant.)
AS_NOBODY = shlex.split(
    "setpriv --reuid=nobody --regid=nogroup --clear-groups"
    " --inh-caps=+dac_override --ambient-caps=+dac_override"
)


class BootError(RuntimeError):
    """A server did not start; the message ends with its log."""


@dataclass(frozen=True)
class RunningServer:
    """A server that answers.

    Attributes:
        host: Its address.
        port: Its port.
        pid: Its process, the leader of a session of its own.
        log_path: The file that holds what it wrote, until it has stopped.
    """

    host: str
    port: int
    pid: int
    log_path: Path

    def log(self) -> str:
        """Give what the server has written so far, both streams as they came."""
        return self.log_path.read_text("utf-8", errors="replace")

    def wait_until_idle(self, unless: Callable[[], bool] = lambda: False) -> bool:
        """Wait until no thread of the server wants a processor, and its log does not grow.

        It has then done all that it will, unless it waits for a time to pass. This holds on a
        busy machine too, on which a server can be silent because it gets no processor.

        Args:
            unless: What else ends the wait, such as an answer that has come.

        Returns:
            Whether it is idle; False where `unless` was true before.
        """
        size, idle = -1, 0
        while not (happened := unless()) and idle < IDLE_LOOKS:
            now = self.log_path.stat().st_size
            idle = 0 if now != size or _busy(self.pid) else idle + 1
            size = now
            time.sleep(POLL_SECONDS)
        return not happened


@contextmanager
def boot(
    example: Example,
    server: str | ServerSpec | None = None,
    *,
    probe: Callable[[RunningServer], None] | None = None,
) -> Iterator[RunningServer]:
    """Run an example on a real server, on a free port; stop it at the end.

    It is ready when it has answered `probe_request(example)`, which its log then shows.

    Args:
        example: The example.
        server: A table of `servers.toml`, or what is in none; the example's own without.
        probe: Asks it for an answer in another way, such as over TLS: it raises
            OSError or HTTPException while there is none.

    Yields:
        The server, ready. It has a session of its own, and none of its
        processes survives the block.

    Raises:
        BootError: If it ends, or does not answer in time; with its log.
    """
    spec = server if isinstance(server, ServerSpec) else server_of(example, server)
    if missing := spec.missing():
        raise BootError(missing)
    with reserved_port() as port, tempfile.TemporaryDirectory(prefix=f"{spec.name}-") as folder:
        argv = spec.argv(example, HOST, port)
        if argv[0] == "python":
            argv[0] = sys.executable
        if not spec.root and os.geteuid() == 0:
            argv = [*AS_NOBODY, *argv]
        os.chmod(folder, 0o1777)  # whoever the server runs as, it may leave files there
        log_path = Path(folder) / "log"
        with log_path.open("wb") as log:
            process = subprocess.Popen(
                argv,
                cwd=example.path.parent,
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running = RunningServer(HOST, port, process.pid, log_path)
        try:
            _wait_until_ready(example, running, process, probe)
            yield running
        finally:
            _stop(process, spec.stop)


@contextmanager
def reserved_port() -> Iterator[int]:
    """Give a port that nobody else gets meanwhile, such as a client that needs any.

    It is bound here, but not listened on: so a server that sets SO_REUSEADDR, as all do, may
    bind it too.
    """
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind((HOST, 0))
        yield reserved.getsockname()[1]


def _environment(folder: str) -> dict[str, str]:
    """Give the variables of a shell in which this Python's environment is active."""
    programs = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join((programs, os.environ.get("PATH", os.defpath))),
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": folder,
        "VIRTUAL_ENV": sys.prefix,
    }


def probe_request(example: Example) -> tuple[str, str, dict[str, str], bytes | None]:
    """Give the request that shows that a server is ready.

    Returns:
        Method, path, headers, body: of the contract's first request, or of the
        opening handshake of its first WebSocket.
    """
    if not example.contract.requests:
        return "GET", example.contract.websockets[0].path, HANDSHAKE, None
    first: Request = example.contract.requests[0]
    return first.method, first.path, dict(first.headers), first.body


def _probe(example: Example, server: RunningServer, seconds: float) -> None:
    method, path, headers, body = probe_request(example)
    connection = http.client.HTTPConnection(server.host, server.port, timeout=seconds)
    try:
        connection.request(method, path, body, {"User-Agent": "runnable", **headers})
        answer = connection.getresponse()
        if answer.status != http.client.SWITCHING_PROTOCOLS:
            with suppress(http.client.IncompleteRead):  # which shows a mistake, and an answer
                answer.read()
    finally:
        connection.close()


def _wait_until_ready(
    example: Example,
    server: RunningServer,
    process: subprocess.Popen[bytes],
    probe: Callable[[RunningServer], None] | None,
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while (left := deadline - time.monotonic()) > 0:
        if process.poll() is not None:
            raise BootError(
                f"{example.name}: the server ended with code {process.returncode}; "
                f"its log:\n{server.log()}"
            )
        try:
            # Once it is connected it waits to the end: a second request would show in the log.
            probe(server) if probe else _probe(example, server, left)
            return
        except (OSError, http.client.HTTPException):
            time.sleep(POLL_SECONDS)  # it does not listen yet, or closed without an answer
    raise BootError(
        f"{example.name}: no answer in {START_SECONDS:.0f} s; the server's log:\n{server.log()}"
    )


def _busy(session: int) -> bool:
    """Whether a thread of a session runs, or would if it got a processor."""
    return any(
        _state(thread / "stat")[0] in "RD"
        for process in Path("/proc").glob("[0-9]*")
        if _state(process / "stat")[1] == session
        for thread in process.glob("task/*")
    )


def _state(stat: Path) -> tuple[str, int]:
    """The state and the session in a file of proc_pid_stat(5); Z where it is gone."""
    try:
        # pid (name) state parent group session
        state, _, _, session, *_ = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return "Z", 0
    return state, int(session)


def _stop(process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    """Ask the server to stop; then kill whatever its session still holds."""
    process.send_signal(stop)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
