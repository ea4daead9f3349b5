"""The options and signals that notes name: with them, the server does what it did not."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.capabilities.expectations import SERVERS
from helpers.capabilities.keeper import Keeper
from helpers.capabilities.measuring import (
    FORWARDED,
    STRANGER,
    Connection,
    OnUnixSocket,
    application_of,
    ask,
    wait_for_line,
)
from helpers.capabilities.operating import by_unix_socket, operated

from runnable.catalogue.servers import ServerSpec
from runnable.harness import processes
from runnable.harness.processes import RunningServer

GRACEFUL = ("--hook-master-start", "unix_signal:15 gracefully_kill_them_all")
# Waitress's options stand before the application; all at once, so that one start serves all tests.
WAITRESS = replace(
    SERVERS["waitress"],
    command=(
        *SERVERS["waitress"].command[:-1],
        *("--trusted-proxy", "127.0.0.1"),
        *("--trusted-proxy-headers", "x-forwarded-for x-forwarded-proto"),
        *("--url-prefix", "/app"),
        *("--channel-timeout", "1", "--cleanup-interval", "1"),
        SERVERS["waitress"].command[-1],
    ),
)


def changed(name: str, *options: str, http: str = "--http-socket") -> ServerSpec:
    """A server with more options; uWSGI also with another socket."""
    server = SERVERS[name]
    command = (http if part == "--http-socket" else part for part in server.command)
    return replace(server, command=(*command, *options))


@pytest.fixture
def boot(
    keeper: Keeper, need: Callable[[ServerSpec], None]
) -> Callable[[ServerSpec], RunningServer]:
    def boot(server: ServerSpec) -> RunningServer:
        need(server)
        return keeper.boot(server)

    return boot


@pytest.mark.parametrize(
    ("server", "stop"),
    [
        (changed("uwsgi", *GRACEFUL), signal.SIGTERM),
        (changed("mod_wsgi"), signal.SIGWINCH),
    ],
    ids=["uwsgi", "mod_wsgi"],
)
def test_request_is_finished(
    server: ServerSpec,
    stop: signal.Signals,
    boot: Callable[[ServerSpec], RunningServer],
    keeper: Keeper,
) -> None:
    running = boot(server)
    with Connection(running) as connection:
        connection.request("/finish", "Connection: close")
        assert wait_for_line(running, "finish began ")
        os.kill(running.pid, stop)
        assert connection.answer().body == b"finished"
    keeper.close()


def test_mod_wsgi_takes_a_chunked_request(boot: Callable[[ServerSpec], RunningServer]) -> None:
    with Connection(boot(changed("mod_wsgi", "--chunked-request"))) as connection:
        chunks = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        connection.request("/echo", "Transfer-Encoding: chunked", method="POST", body=chunks)
        assert connection.answer().body == b"b'abcde'"


def test_waitress_believes_a_proxy(boot: Callable[[ServerSpec], RunningServer]) -> None:
    running = boot(WAITRESS)
    assert ask(running, "/app/client", *FORWARDED).body == b"https 192.0.2.7"
    far = ask(running, "/app/client", *FORWARDED, source=STRANGER)
    assert far.body == f"http {STRANGER}".encode()


def test_waitress_is_told_where_it_is_mounted(boot: Callable[[ServerSpec], RunningServer]) -> None:
    assert ask(boot(WAITRESS), "/app/mounted").body == b"/app /mounted"


def test_waitress_closes_an_idle_connection(boot: Callable[[ServerSpec], RunningServer]) -> None:
    is_closed_when_idle(boot(WAITRESS), "/app/")


def is_closed_when_idle(running: RunningServer, path: str) -> None:
    with Connection(running) as connection:
        connection.request(path)
        assert connection.answer().body == b"hello"
        assert not connection.rest()


def test_uwsgi_keeps_a_connection(boot: Callable[[ServerSpec], RunningServer]) -> None:
    with Connection(boot(changed("uwsgi", http="--http11-socket"))) as connection:
        for _ in range(2):
            connection.request("/")
            assert connection.answer().body == b"hello"


def test_uwsgi_router_says_continue(boot: Callable[[ServerSpec], RunningServer]) -> None:
    with Connection(boot(changed("uwsgi", "--http-manage-expect", http="--http"))) as connection:
        headers = ("Content-Length: 5", "Expect: 100-continue")
        connection.request("/echo", *headers, method="POST")
        assert connection.answer(interim=True).interim == [100]


def test_waitress_listens_on_a_unix_socket(tmp_path: Path) -> None:
    path = tmp_path / "s"
    command = ("python", "-m", "waitress", "--unix-socket", str(path), "{module}:{app}")
    listens_there(replace(SERVERS["waitress"], command=command), path)


def listens_there(server: ServerSpec, path: Path) -> None:
    """Start a server that listens on a Unix socket alone, and ask it."""
    with processes.boot(application_of(server), server, probe=by_unix_socket(path)) as running:
        assert ask(OnUnixSocket(**vars(running), socket_path=path), "/").body == b"hello"


def aiohttp_with(arguments: str) -> ServerSpec:
    """Aiohttp's server with other arguments of run_app than a host and a port."""
    code = SERVERS["aiohttp"].command[-1].replace('host="{host}", port={port}', arguments)
    return replace(SERVERS["aiohttp"], command=("python", "-c", code))


def test_aiohttp_listens_on_a_unix_socket(tmp_path: Path) -> None:
    path = tmp_path / "s"
    listens_there(aiohttp_with(f'path="{path}"'), path)


def test_aiohttp_closes_an_idle_connection(boot: Callable[[ServerSpec], RunningServer]) -> None:
    changed = aiohttp_with('host="{host}", port={port}, keepalive_timeout=1')
    is_closed_when_idle(boot(changed), "/")


@pytest.mark.weekly  # it takes a minute, and no option makes it less
def test_daphne_closes_an_idle_connection(boot: Callable[[ServerSpec], RunningServer]) -> None:
    is_closed_when_idle(boot(SERVERS["daphne"]), "/")


def test_runserver_loads_what_changes(need: Callable[[ServerSpec], None]) -> None:
    """Started as in a project; the command that is measured has --noreload."""
    need(SERVERS["runserver"])
    command = ("python", "manage.py", "runserver", "{host}:{port}")
    with operated(replace(SERVERS["runserver"], command=command)) as server:
        assert server.loads_what_changes()
