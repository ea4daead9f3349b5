"""WebSockets on real servers: across processes by a real Valkey, who is let in, who is too slow.

docs/guides/websockets.md quotes the outcomes, from docs/data/.
"""

import http.client
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from importlib.util import find_spec

import pytest
from helpers import recorded
from helpers.catalogue import ALL, SERVERS
from helpers.drivers import on_socket
from helpers.missing import missing
from helpers.paths import EXAMPLES
from helpers.patience import PATIENCE
from helpers.services import valkey
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from runnable.catalogue.examples import load_example
from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer, boot

CHAT = EXAMPLES / "deploy/broadcast/starlette_app.py"
FLASK = EXAMPLES / "deploy/flask_websocket/flask_app.py"
Need = Callable[[ServerSpec], None]


def need_package(name: str) -> None:
    if find_spec(name) is None:
        missing(f"{name} is missing: make .venv/.servers")


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    """A Valkey; its address, which the example finds in VALKEY_URL."""
    need_package("redis")
    with valkey() as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALKEY_URL", url)
        yield url


@pytest.fixture(scope="module")
def servers(broker: str) -> Iterator[list[RunningServer]]:
    """The chat in two processes, each a server of its own."""
    with ExitStack() as stack:
        example = load_example(CHAT)
        yield [stack.enter_context(boot(example, SERVERS["uvicorn"])) for _ in range(2)]


def log_in(server: RunningServer, name: str) -> str:
    """Log in, and give the cookie."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    connection.request("POST", "/login", name)
    answer = connection.getresponse()
    assert answer.read().decode() == f"Hello, {name}.\n"
    connection.close()
    return str(answer.headers["Set-Cookie"]).partition(";")[0]


def open_socket(
    server: RunningServer, path: str, origin: str | None = None, cookie: str = "", **options: int
) -> ClientConnection:
    return connect(
        f"ws://{server.host}:{server.port}{path}",
        origin=origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie} if cookie else None,
        compression=None,
        open_timeout=PATIENCE,
        close_timeout=PATIENCE,
        ping_interval=None,
        max_size=None,
        **options,
    )


def own(server: RunningServer) -> str:
    """The origin of the server's own pages."""
    return f"http://{server.host}:{server.port}"


def join(server: RunningServer, name: str, **options: int) -> ClientConnection:
    return open_socket(server, "/chat", own(server), log_in(server, name), **options)


def test_the_chat_does_what_its_contract_says(broker: str) -> None:
    assert on_socket(load_example(CHAT), SERVERS["uvicorn"]).complaints == []


def test_who_is_let_in(servers: list[RunningServer]) -> None:
    server = servers[0]
    cookie = log_in(server, "Ada")
    for origin, session in [
        (None, cookie),  # no browser
        ("https://evil.example", cookie),  # another site's page, in Ada's browser
        (f"http://{server.host}:{server.port}.evil.example", cookie),
        (own(server), ""),
        (own(server), "session=guessed"),
    ]:
        with pytest.raises(InvalidStatus) as refused:
            open_socket(server, "/chat", origin, session)
        assert refused.value.response.status_code == 403
    with open_socket(server, "/chat", own(server), cookie) as ada:
        ada.send("I am in")
        assert ada.recv(PATIENCE) == "Ada: I am in"


def test_what_one_says_all_processes_hear(servers: list[RunningServer]) -> None:
    with join(servers[0], "Ada") as ada, join(servers[1], "Bob") as bob:
        ada.send("Is anybody there?")
        assert [each.recv(PATIENCE) for each in (ada, bob)] == ["Ada: Is anybody there?"] * 2
        bob.send("I am")
        assert [each.recv(PATIENCE) for each in (ada, bob)] == ["Bob: I am"] * 2


def test_without_it_each_process_has_a_chat_of_its_own() -> None:
    example = ALL["chat/starlette_app.py"]
    with boot(example) as one, boot(example) as other:
        with open_socket(one, "/chat") as ada, open_socket(other, "/chat") as bob:
            ada.send("Is anybody there?")
            assert ada.recv(PATIENCE) == "Is anybody there?"
            bob.send("Nobody")
            assert bob.recv(PATIENCE) == "Nobody"  # and nothing before it


def test_a_client_that_reads_too_slowly_is_sent_away(
    servers: list[RunningServer], broker: str
) -> None:
    """The others get every message, and the server keeps no more than 100 for it."""
    from redis import Redis

    text, count = "x" * 100_000, 400
    with Redis.from_url(broker) as publisher, join(servers[0], "Bob") as bob:
        with join(servers[0], "Ada", max_queue=1) as ada:
            for _ in range(count):
                publisher.publish("chat", text)
                assert bob.recv(PATIENCE) == text
            # What the connection itself held comes first; what waited in her inbox never does.
            read = []
            with suppress(ConnectionClosed):
                while True:
                    read.append(ada.recv(PATIENCE))
        assert ada.close_code == 1013
        assert 0 < len(read) < count - 100


# Longer than any of them waits before it closes what is open.
SECONDS_TO_STOP = 30


def at_sigterm(server: ServerSpec) -> str:
    """Stop a server that has an open WebSocket; say with which code it is closed."""
    name = "websocket/aiohttp_app.py" if server.interface == "aiohttp" else CLOSED
    with boot(ALL[name], server) as running, open_socket(running, "/") as client:
        client.send("hello")
        assert client.recv(PATIENCE) == "hello"
        os.kill(running.pid, signal.SIGTERM)
        try:
            client.recv(SECONDS_TO_STOP)
        except TimeoutError:
            return "none: the WebSocket stays open, and the server waits"
        except ConnectionClosed as closed:
            received = closed.rcvd
        return str(received.code) if received else "none: the connection breaks off"


CLOSED = "websocket/starlette_app.py"
ASYNC_SERVERS = [
    *("uvicorn", "gunicorn-uvicorn", "gunicorn-asgi"),
    *("hypercorn", "granian", "daphne", "aiohttp"),
]


def title(server: ServerSpec) -> str:
    return f"{server.title}, `asgi`" if server.name == "gunicorn-asgi" else server.title


def test_uvicorn_closes_with_service_restart() -> None:
    assert at_sigterm(SERVERS["uvicorn"]) == "1012"


@pytest.mark.weekly
def test_with_which_code_a_websocket_ends_at_sigterm(
    pytestconfig: pytest.Config, need: Need
) -> None:
    rows = ["| Server | Code at SIGTERM |", "| --- | --- |"]
    for name in ASYNC_SERVERS:
        need(SERVERS[name])
        rows.append(f"| {title(SERVERS[name])} | {at_sigterm(SERVERS[name])} |")
    write = pytestconfig.getoption("--write-recorded")
    recorded.compare("recorded/websocket-sigterm.txt", "\n".join([*rows, ""]), write=write)


def echoes(server: ServerSpec) -> bool:
    """Say whether Flask-Sock's WebSocket works under a server."""
    with boot(load_example(FLASK), server) as running:
        try:
            with open_socket(running, "/echo") as client:
                client.send("hello")
                return client.recv(PATIENCE) == "hello"
        except (InvalidHandshake, ConnectionClosed, OSError):
            return False


WSGI_SERVERS = [
    *("werkzeug", "gunicorn", "gunicorn-gthread", "gunicorn-gevent", "waitress"),
    *("uwsgi", "mod_wsgi", "wsgiref", "granian-wsgi", "hypercorn-wsgi"),
]
LABELS = {
    "gunicorn-gthread": "Gunicorn, `gthread`",
    "gunicorn-gevent": "Gunicorn, `gevent`",
    "granian-wsgi": "Granian, WSGI",
    "hypercorn-wsgi": "Hypercorn, WSGI",
}


@pytest.mark.parametrize(("name", "works"), [("gunicorn-gthread", True), ("waitress", False)])
def test_a_websocket_of_flask_needs_a_server_that_gives_its_socket_away(
    name: str, works: bool
) -> None:
    need_package("flask_sock")
    assert echoes(SERVERS[name]) is works


@pytest.mark.weekly
def test_under_which_servers_flask_has_a_websocket(pytestconfig: pytest.Config, need: Need) -> None:
    need_package("flask_sock")
    rows = ["| Server | Flask-Sock works |", "| --- | --- |"]
    for name in WSGI_SERVERS:
        need(SERVERS[name])
        label = LABELS.get(name, SERVERS[name].title)
        rows.append(f"| {label} | {'**yes**' if echoes(SERVERS[name]) else 'no'} |")
    write = pytestconfig.getoption("--write-recorded")
    recorded.compare("recorded/flask-websocket.txt", "\n".join([*rows, ""]), write=write)


def test_each_websocket_of_flask_holds_a_thread() -> None:
    """Four are open on four threads: a page is answered when one of them is closed."""
    need_package("flask_sock")
    with boot(load_example(FLASK), SERVERS["gunicorn-gthread"]) as server, ExitStack() as stack:
        clients = [stack.enter_context(open_socket(server, "/echo")) for _ in range(4)]
        for client in clients:
            client.send("hello")
            assert client.recv(PATIENCE) == "hello"
        connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
        stack.callback(connection.close)
        connection.request("GET", "/")
        answered = threading.Event()

        def wait_for_answer() -> None:
            if connection.getresponse().status == 200:
                answered.set()

        waiter = threading.Thread(target=wait_for_answer)
        waiter.start()
        server.wait_until_idle(unless=answered.is_set)
        assert not answered.is_set()
        clients[0].close()
        waiter.join(PATIENCE)
        assert answered.is_set()
