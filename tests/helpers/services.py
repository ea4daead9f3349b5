"""Debian's services, on loopback, each in a session of its own; none leaves anything behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.missing import missing
from helpers.patience import PATIENCE
from runnable.harness.processes import reserved_port

# Debian's places for what an administrator starts, which may not be in a user's PATH. The newest
# PostgreSQL comes first.
FOLDERS = ["/usr/sbin", "/sbin", *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")))[::-1]]
PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), *FOLDERS))
AS_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")


def program(package: str, *names: str) -> str:
    """Give a program's path; where there is none, fail if CI is set, and skip elsewhere.

    Args:
        package: The Debian package that holds it.
        names: What it may be called; the package's name without.
    """
    for name in names or (package,):
        if path := shutil.which(name, path=PATH):
            return path
    missing(f"{package} is missing: apt-get install {package}")
    raise AssertionError(package)


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(command: Sequence[str], is_ready: Callable[[], bool]) -> Iterator[None]:
    """Run a service; nothing of it outlives the block.

    Args:
        command: What starts it, in the foreground.
        is_ready: Says whether it answers.
    """
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + PATIENCE
            while not is_ready():
                log.seek(0)
                assert process.poll() is None, f"{command[0]} ended: {log.read().decode()}"
                assert time.monotonic() < deadline, f"{command[0]} is not ready"
                time.sleep(0.02)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL with an empty database; gives its address. At most 30 connections."""
    initdb, postgres = program("postgresql", "initdb"), program("postgresql", "postgres")
    # root may not start it
    nobody = AS_NOBODY if os.geteuid() == 0 else ()
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder, reserved_port() as port:
        if nobody:
            shutil.chown(folder, "nobody", "nogroup")
        options = ["--auth=trust", "--username=shop", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [*nobody, initdb, f"--pgdata={folder}/data", *options],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "max_connections": 30,
            "shared_buffers": "16MB",
            "fsync": "off",
        }
        chosen = [f"--{name}={value}" for name, value in settings.items()]
        # It listens before it takes anybody in: then its socket's lock file says "ready".
        status = Path(folder, "data/postmaster.pid")

        def is_ready() -> bool:
            return status.exists() and "ready" in status.read_text()

        with running([*nobody, postgres, "-D", f"{folder}/data", *chosen], is_ready):
            yield f"postgresql://shop@127.0.0.1:{port}/postgres"


@contextmanager
def valkey() -> Iterator[str]:
    """Run a Valkey, or a Redis where Debian has no Valkey yet; gives its address."""
    server = program("redis-server", "valkey-server", "redis-server")
    with tempfile.TemporaryDirectory(prefix="valkey-") as folder, reserved_port() as port:
        options = ["--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", ""]
        with running([server, *options], lambda: listens(port)):
            yield f"redis://127.0.0.1:{port}"
