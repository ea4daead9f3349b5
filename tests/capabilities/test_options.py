"""The options and signals that notes name: with them, the server does what it did not."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.capabilities.expectations import SERVERS
from helpers.capabilities.measuring import (
    FORWARDED,
    STRANGER,
    Connection,
    Keeper,
    ask,
    boot_on_unix_socket,
    wait_for_line,
)

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

GRACEFUL = ("--hook-master-start", "unix_signal:15 gracefully_kill_them_all")


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
    *command, application = SERVERS["waitress"].command
    trust = ("--trusted-proxy", "127.0.0.1")
    headers = ("--trusted-proxy-headers", "x-forwarded-for x-forwarded-proto")
    running = boot(replace(SERVERS["waitress"], command=(*command, *trust, *headers, application)))
    assert ask(running, "/client", *FORWARDED).body == b"https 192.0.2.7"
    assert ask(running, "/client", *FORWARDED, source=STRANGER).body == f"http {STRANGER}".encode()


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


def test_waitress_is_told_where_it_is_mounted(boot: Callable[[ServerSpec], RunningServer]) -> None:
    *command, application = SERVERS["waitress"].command
    prefix = ("--url-prefix", "/app")
    running = boot(replace(SERVERS["waitress"], command=(*command, *prefix, application)))
    assert ask(running, "/app/mounted").body == b"/app /mounted"


def test_waitress_listens_on_a_unix_socket(tmp_path: Path) -> None:
    path = tmp_path / "s"
    command = ("python", "-m", "waitress", "--unix-socket", str(path), "{module}:{app}")
    assert boot_on_unix_socket(replace(SERVERS["waitress"], command=command), path) == "hello"


def test_aiohttp_listens_on_a_unix_socket(tmp_path: Path) -> None:
    path = tmp_path / "s"
    code = SERVERS["aiohttp"].command[-1].replace('host="{host}", port={port}', f'path="{path}"')
    server = replace(SERVERS["aiohttp"], command=("python", "-c", code))
    assert boot_on_unix_socket(server, path) == "hello"
