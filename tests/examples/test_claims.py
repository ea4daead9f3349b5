"""What the pages say of servers beyond the examples' contracts, tried on real servers."""

import http.client
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers.copies import copy_of
from helpers.drivers import on_socket
from helpers.paths import EXAMPLES
from helpers.patience import PATIENCE

from runnable.catalogue.examples import Example, load_example
from runnable.catalogue.servers import ServerSpec, load_servers
from runnable.harness.processes import HANDSHAKE, RunningServer, boot


def get(server: RunningServer, **headers: str) -> int:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/", headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def add_gunicorn(folder: Path, name: str, *options: str) -> None:
    """Describe Gunicorn with other options, as one more server."""
    servers = folder / "servers.toml"
    gunicorn = servers.read_text("utf-8").split("[gunicorn]")[1].split("\n[")[0]
    more = "".join(f'"{option}", ' for option in options)
    with servers.open("a", encoding="utf-8") as file:
        file.write(f"\n[{name}]" + gunicorn.replace('"--bind"', f'{more}"--bind"'))


def test_gunicorn_with_ten_threads_serves_ten_waiting_requests_at_once(tmp_path: Path) -> None:
    example = copy_of("blocking/flask_app.py", tmp_path)
    add_gunicorn(tmp_path, "gunicorn-threads", "--threads", "10")
    with boot(example, "gunicorn-threads") as server, ThreadPoolExecutor(10) as clients:
        started = time.monotonic()
        statuses = list(clients.map(lambda _: get(server), range(10)))
        seconds = time.monotonic() - started
    assert statuses == [200] * 10
    assert 0.2 <= seconds < 2  # one thread takes 2 s at the least


def test_wsgi_server_refuses_a_hop_by_hop_header(tmp_path: Path) -> None:
    with boot(sends_upgrade(tmp_path)) as server:
        assert get(server) == 500
        assert "Hop-by-hop header, 'Upgrade: websocket', not allowed" in server.log()


@pytest.mark.parametrize(("name", "status"), [("waitress", 500), ("gunicorn", 200)])
def test_what_becomes_of_upgrade_depends_on_the_server(
    name: str, status: int, tmp_path: Path
) -> None:
    with boot(sends_upgrade(tmp_path), name) as server:
        assert get(server) == status


def sends_upgrade(folder: Path) -> Example:
    """The bare application, which answers with a header that WSGI forbids it."""
    example = copy_of("hello/bare_wsgi_app.py", folder)
    first = '("Content-Type", "text/plain; charset=utf-8"),'
    assert first in example.source
    upgrading = example.source.replace(first, f'("Upgrade", "websocket"), {first}')
    example.path.write_text(upgrading, "utf-8")
    return example


def test_pyramid_wants_a_module_and_mod_wsgi_makes_none_of_a_script(
    tmp_path: Path, need: Callable[[ServerSpec], None]
) -> None:
    need(load_servers(EXAMPLES / "servers.toml")["mod_wsgi"])
    example = copy_of("notes/pyramid_app.py", tmp_path)
    servers = tmp_path / "servers.toml"
    as_script = servers.read_text("utf-8").replace('"--application-type", "module", ', "")
    as_script = as_script.replace('"{app}", "{module}",', '"{app}", "{module}.py",')
    servers.write_text(as_script, "utf-8")
    with boot(example, "mod_wsgi") as server:
        assert get(server) == 500
        assert "KeyError: '__wsgi__'" in server.log()


def test_aiohttp_application_fails_under_an_asgi_server() -> None:
    with boot(load_example(EXAMPLES / "hello/aiohttp_app.py"), "uvicorn") as server:
        assert get(server) == 500
        assert "TypeError" in server.log()


def test_gunicorn_manages_aiohttp_workers(tmp_path: Path) -> None:
    example = copy_of("hello/aiohttp_app.py", tmp_path)
    add_gunicorn(tmp_path, "gunicorn-aiohttp", "--worker-class", "aiohttp.GunicornWebWorker")
    with boot(example, "gunicorn-aiohttp") as server:
        assert get(server) == 200


def test_wsgi_application_runs_under_two_servers_unchanged() -> None:
    example = load_example(EXAMPLES / "hello/bare_wsgi_app.py")
    for name in ("wsgiref", "gunicorn"):
        with boot(example, name) as server:
            assert get(server) == 200


def test_django_alone_refuses_a_websocket() -> None:
    with boot(load_example(EXAMPLES / "streaming/django_asgi_app.py")) as server:
        assert get(server, **HANDSHAKE) == 500
        assert "Django can only handle ASGI/HTTP connections, not websocket." in server.log()


def test_sanic_cannot_close_a_websocket_under_asgi_by_its_own_method(tmp_path: Path) -> None:
    example = copy_of("websocket/sanic_app.py", tmp_path)
    event = 'request.transport.send({"type": "websocket.close"})'
    assert event in example.source
    example.path.write_text(example.source.replace(event, "ws.close()"), "utf-8")
    assert on_socket(example).websockets["bye"] == [("accepted", None), ("closed", 1006)]
