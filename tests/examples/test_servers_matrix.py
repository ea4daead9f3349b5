"""Every server meets the contracts of its interface's examples, and refuses the other's.

Each example's own server is in test_three_drivers.py; which others `make test` takes, and which
the weekly run alone, says helpers/pairs.py. A server's known defect is a strict xfail, so
that a release that mends it is noticed.
"""

import http.client
from collections.abc import Callable
from typing import Any

import pytest
from helpers.catalogue import ALL, SERVERS
from helpers.defects import DEFECTS, judge, marks
from helpers.drivers import published_on_socket
from helpers.pairs import OTHERS, TRIED, marks_of_pair
from helpers.patience import PATIENCE

from runnable.catalogue.defects import Defect, find_defect
from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import boot


def param(server: str, name: str) -> Any:
    defect = find_defect(DEFECTS.values(), ALL[name], SERVERS[server])
    marked = [*marks_of_pair((server, name), TRIED), *marks(defect)]
    return pytest.param(server, name, defect, id=f"{server}-{name}", marks=marked)


@pytest.mark.parametrize(("server", "name", "defect"), [param(*pair) for pair in OTHERS])
def test_contract_is_met(
    server: str, name: str, defect: Defect | None, need: Callable[[ServerSpec], None]
) -> None:
    need(SERVERS[server])
    judge(published_on_socket(name, server).complaints, defect)


@pytest.mark.parametrize(
    ("server", "name", "reason"),
    [
        ("uvicorn", "hello/flask_app.py", "missing 1 required positional argument"),
        ("gunicorn", "hello/starlette_app.py", "missing 1 required positional argument: 'send'"),
    ],
)
def test_application_of_the_other_interface_is_refused(server: str, name: str, reason: str) -> None:
    with boot(ALL[name], server) as running:
        connection = http.client.HTTPConnection(running.host, running.port, timeout=PATIENCE)
        connection.request("GET", "/")
        assert connection.getresponse().status == 500
        connection.close()
        assert reason in running.log()
