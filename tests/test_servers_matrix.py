"""Every server meets the contracts of its interface's examples, and refuses the other's.

Not yet tried: notes/, which some servers do not pass.

Each example's own server is in test_three_drivers.py. A server's known defect is a strict xfail, so
that a release that mends it is noticed.
"""

import http.client
from collections.abc import Callable
from pathlib import Path

import pytest
from drivers import on_socket

from runnable.examples import Example, find_examples
from runnable.servers import ServerSpec, boot, load_servers, server_of

EXAMPLES = Path(__file__).parent.parent / "examples"
TOPICS = ("blocking", "hello", "streaming", "websocket")
SERVERS = load_servers(EXAMPLES / "servers.toml")
ALL = {example.name: example for example in find_examples(EXAMPLES)}

# blocking/flask_app.py takes its ten requests one by one only where there is one worker.
ONE_BY_ONE = ("wsgiref", "gunicorn", "uwsgi")

NO_LIFESPAN = "it sends no lifespan events, which Sanic waits for: django/daphne#264"
HEADERS_ONCE = (
    "Sanic's headers are a generator, which is an iterable, as the specification asks; Gunicorn"
    " goes through it twice, and finds none: asgi.readthedocs.io, Response Start; compare"
    " sanic-org/sanic#2425"
)
DEFECTS = {
    ("granian-wsgi", "streaming/bare_wsgi_app.py"): (
        "a generator calls start_response when it is first iterated, which is after Granian has"
        " read status and headers: emmett-framework/granian#845, closed as wontfix"
    ),
    ("granian", "websocket/quart_app.py"): (
        "while the application awaits receive(), websocket.close is not sent; Quart always does:"
        " asgi.readthedocs.io, Close - send event; compare emmett-framework/granian#798"
    ),
    ("daphne", "websocket/quart_app.py"): (
        "Quart wants the scope's scheme, which is optional: asgi.readthedocs.io, WebSocket"
        " connection scope"
    ),
    ("daphne", "notes/sanic_app.py"): NO_LIFESPAN,
    ("daphne", "streaming/sanic_app.py"): NO_LIFESPAN,
    ("daphne", "websocket/sanic_app.py"): NO_LIFESPAN,
    ("gunicorn-asgi", "notes/sanic_app.py"): HEADERS_ONCE,
    ("gunicorn-asgi", "streaming/sanic_app.py"): HEADERS_ONCE,
    ("hypercorn-wsgi", "notes/bottle_app.py"): (
        "where the iterable yields nothing, it sends no start of a response: pgjones/hypercorn#331"
    ),
}


def meets(server: ServerSpec, example: Example) -> bool:
    """Whether the contract is one for this server, and not tried elsewhere."""
    topic = example.path.parent.name
    return (
        topic in TOPICS
        and server.interface == server_of(example).interface
        and server.name != example.server
        and (topic != "blocking" or server.interface == "ASGI" or server.name in ONE_BY_ONE)
    )


PAIRS = [
    pytest.param(
        server,
        example,
        id=f"{server.name}-{example.name}",
        marks=[
            pytest.mark.xfail(reason=reason)
            for pair, reason in DEFECTS.items()
            if pair == (server.name, example.name)
        ],
    )
    for server in SERVERS.values()
    for example in ALL.values()
    if meets(server, example)
]


def test_every_server_is_tried() -> None:
    tried = {pair.values[0].name for pair in PAIRS} | {example.server for example in ALL.values()}
    assert tried == SERVERS.keys()


@pytest.mark.parametrize(("server", "example"), PAIRS)
def test_contract_is_met(
    server: ServerSpec, example: Example, need: Callable[[ServerSpec], None]
) -> None:
    need(server)
    assert on_socket(example, server.name).complaints == []


@pytest.mark.parametrize(
    ("server", "name", "reason"),
    [
        ("uvicorn", "hello/flask_app.py", "missing 1 required positional argument"),
        ("gunicorn", "hello/starlette_app.py", "missing 1 required positional argument: 'send'"),
    ],
)
def test_application_of_the_other_interface_is_refused(server: str, name: str, reason: str) -> None:
    with boot(ALL[name], server) as running:
        connection = http.client.HTTPConnection(running.host, running.port, timeout=30)
        connection.request("GET", "/")
        assert connection.getresponse().status == 500
        connection.close()
        assert reason in running.log()
