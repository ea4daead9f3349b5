"""A real nginx of Debian's, on loopback, with a site of a test's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.services import listens, program, running

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
    return program("nginx")


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
    nginx = nginx_or_missing()
    (folder / "site.conf").write_text(site, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # pytest's folders are open to nobody else
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), "utf-8")
    files = ["-p", str(folder), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"]
    with running([nginx, *files], lambda: listens(port)):
        yield folder
