"""A real nginx of Debian's, on loopback, in a session of its own; it leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.missing import missing
from helpers.patience import PATIENCE

# Debian's place for what an administrator starts may not be in a user's PATH.
PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
# What Debian's own nginx.conf has around a site, with all files in a folder of the test.
AROUND = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log info;
events {{}}
http {{
    default_type application/octet-stream;
    types {{ text/css css; text/plain txt; }}
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def nginx_or_missing() -> str:
    """Give nginx's path; where there is none, fail if CI is set, and skip elsewhere."""
    program = shutil.which("nginx", path=PATH)
    if program is None:
        missing("nginx is missing: apt-get install nginx")
    assert program is not None
    return program


@contextmanager
def serving_site(site: str, port: int, folder: Path) -> Iterator[Path]:
    """Start nginx with a site, and stop it at the end.

    Args:
        site: What would stand in /etc/nginx/sites-enabled/.
        port: One that it listens on.
        folder: An empty folder.

    Yields:
        The folder, with error.log in it.
    """
    program = nginx_or_missing()
    (folder / "site.conf").write_text(site, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # pytest's folders are open to nobody else
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), "utf-8")
    process = subprocess.Popen(
        [
            program,
            "-p",
            str(folder),
            "-c",
            str(folder / "nginx.conf"),
            "-e",
            str(folder / "error.log"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not _listens(port):
            said = process.communicate()[0] if process.poll() is not None else ""
            assert process.poll() is None, f"nginx ended: {said}"
            assert time.monotonic() < deadline, "nginx does not listen"
            time.sleep(0.02)
        yield folder
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
