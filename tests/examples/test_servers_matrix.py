"""Every server meets the contracts of its interface's examples, and refuses the other's.

Each example's own server is in test_three_drivers.py. A server's known defect is a strict xfail, so
that a release that mends it is noticed.
"""

import http.client
from collections.abc import Callable
from typing import Any

import pytest
from helpers.catalogue import ALL, SERVERS
from helpers.defects import DEFECTS, judge, marks
from helpers.drivers import on_socket

from runnable.catalogue.choice import suits
from runnable.catalogue.defects import Defect, find_defect
from runnable.catalogue.examples import Example
from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import boot


def pair(server: ServerSpec, example: Example) -> Any:
    defect = find_defect(DEFECTS.values(), example, server)
    return pytest.param(
        server,
        example,
        defect,
        id=f"{server.name}-{example.name}",
        marks=marks(defect),
    )


def is_tried(server: ServerSpec, example: Example) -> bool:
    """A mistake on the servers whose log is stated; the right way is that of other topics."""
    if example.path.parent.name == "mistakes" and not (example.mistake and example.mistake.log):
        return False
    return suits(server, example) and server.name != example.server


PAIRS = [
    pair(server, example)
    for server in SERVERS.values()
    for example in ALL.values()
    if is_tried(server, example)
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
