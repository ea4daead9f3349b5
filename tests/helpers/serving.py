"""Applications that are no published example, written by a test and put on a real server."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from helpers.catalogue import SERVERS
from helpers.paths import EXAMPLES
from runnable.catalogue.examples import load_example
from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer, boot

HEADER = """\
# /// script
# dependencies = []
# tool.runnable.server = "{server}"
# ///
\"\"\"An application of a test.\"\"\"
"""
CONTRACT = """\
[[request]]
name = "ready"
path = "/"
[request.response]
status = 200
"""


def with_options(server: str, *options: str) -> ServerSpec:
    """A described server whose command has more options, before the application's name."""
    spec = SERVERS[server]
    end = -2 if spec.command[-2] == "--module" else -1  # uWSGI's application
    return replace(spec, command=(*spec.command[:end], *options, *spec.command[end:]))


def ended(server: RunningServer) -> bool:
    """Say whether the server's first process has ended; nobody has asked yet how it ended."""
    stat = Path(f"/proc/{server.pid}/stat").read_text()
    return stat.rpartition(")")[2].split()[0] == "Z"


@contextmanager
def serving(source: str, server: ServerSpec, folder: Path) -> Iterator[RunningServer]:
    """Serve an application, given by its source; `GET /` has to answer when it is ready.

    Args:
        source: A module that defines `app`.
        server: What serves it.
        folder: An empty folder, for the files.

    Yields:
        The running server.
    """
    topic = folder / "claim"
    topic.mkdir()
    shutil.copy(EXAMPLES / "servers.toml", folder)
    (topic / "requests.toml").write_text(CONTRACT, "utf-8")
    path = topic / "claim_app.py"
    path.write_text(HEADER.format(server=server.name) + source, "utf-8")
    with boot(load_example(path), server) as running:
        yield running
