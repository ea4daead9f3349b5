"""Every server meets the contracts of its interface's examples, and refuses the other's.

Each example's own server is in test_three_drivers.py. A server's known defect is a strict xfail, so
that a release that mends it is noticed.
"""

import http.client
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from defects import Defect, judge
from drivers import on_socket

from runnable.examples import Example, find_examples
from runnable.servers import ServerSpec, boot, load_servers, server_of

EXAMPLES = Path(__file__).parent.parent / "examples"
SERVERS = load_servers(EXAMPLES / "servers.toml")
ALL = {example.name: example for example in find_examples(EXAMPLES)}

# blocking/flask_app.py takes its ten requests one by one only where there is one worker.
ONE_BY_ONE = ("wsgiref", "gunicorn", "uwsgi")

NO_START_WITHOUT_BODY = Defect(
    "where the iterable yields nothing, Hypercorn sends no start of a response:"
    " pgjones/hypercorn#331",
    "(form|delete): (status is 500|no cookie)|there is a traceback in .*UnexpectedMessageError",
)
OF_SANIC = [name for name, e in ALL.items() if "sanic" in e.dependencies and e.contract.requests]
NO_LIFESPAN_FOR_SANIC = Defect(
    "Sanic cannot answer without a lifespan, and Daphne has none: django/daphne#264",
    r"[\w ]+: (status is 500|body|no (cookie|header)|\[)"
    r"|there is a traceback in .*Loop can only be",
)
READ_TWICE = Defect(
    "Gunicorn reads an answer's headers twice, and Sanic's is an iterator, empty the second"
    " time: ASGI calls for an iterable (www, Response Start), and for lists (main, Events)",
    r"[\w ]+: no (cookie|header)",
)
NO_LIFESPAN = Defect(
    "Daphne has no lifespan: django/daphne#264",
    "greeting: (status is 500|no header|body is)|there is a traceback in ",
)
DEFECTS = {
    **{("daphne", name): NO_LIFESPAN for name in ALL if name.startswith("lifespan/")},
    ("granian-wsgi", "streaming/bare_wsgi_app.py"): Defect(
        "a generator calls start_response when it is first iterated, which is after Granian has"
        " read status and headers: emmett-framework/granian#845, closed as wontfix",
        "count: no header content-type",
    ),
    ("hypercorn-wsgi", "notes/bottle_app.py"): NO_START_WITHOUT_BODY,
    ("hypercorn-wsgi", "notes/flask_app.py"): NO_START_WITHOUT_BODY,
    **{("daphne", name): NO_LIFESPAN_FOR_SANIC for name in OF_SANIC},
    **{("gunicorn-asgi", name): READ_TWICE for name in OF_SANIC},
    ("daphne", "websocket/sanic_app.py"): NO_LIFESPAN_FOR_SANIC,
    ("daphne", "websocket/quart_app.py"): Defect(
        "Quart wants the scope's scheme, and Daphne gives none: ASGI has it optional (www,"
        " WebSocket Connection Scope)",
        r"(echo|bye|subprotocol): \[\('error'|there is a traceback in .*KeyError: 'scheme'",
    ),
    ("granian", "websocket/quart_app.py"): Defect(
        "while the application awaits receive(), Granian does not send what closes the WebSocket"
        " (ASGI: www, Close); Quart always awaits it. Compare emmett-framework/granian#798",
        "bye: .*no more came in 30 s",
    ),
}


def meets(server: ServerSpec, example: Example) -> bool:
    """Whether the contract is one for this server, and not tried elsewhere."""
    return (
        server.interface == server_of(example).interface
        and server.name != example.server
        and (
            example.path.parent.name != "blocking"
            or server.interface == "ASGI"
            or server.name in ONE_BY_ONE
        )
    )


def pair(server: ServerSpec, example: Example) -> Any:
    defect = DEFECTS.get((server.name, example.name))
    return pytest.param(
        server,
        example,
        defect,
        id=f"{server.name}-{example.name}",
        marks=[defect.mark] if defect else [],
    )


PAIRS = [
    pair(server, example)
    for server in SERVERS.values()
    for example in ALL.values()
    if meets(server, example)
]


def test_every_server_is_tried() -> None:
    tried = {pair.values[0].name for pair in PAIRS} | {example.server for example in ALL.values()}
    assert tried == SERVERS.keys()


@pytest.mark.parametrize(("server", "example", "defect"), PAIRS)
def test_contract_is_met(
    server: ServerSpec,
    example: Example,
    defect: Defect | None,
    need: Callable[[ServerSpec], None],
) -> None:
    need(server)
    judge(on_socket(example, server.name).complaints, defect)


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
