"""The servers that a reader may choose are those under which the example's contract holds."""

from pathlib import Path

import pytest

from runnable.browser.servers import LAUNCHERS
from runnable.choice import servers_in_page, suits
from runnable.examples import find_examples
from runnable.servers import load_servers, server_of

EXAMPLES = {
    example.name: example for example in find_examples(Path(__file__).parent.parent / "examples")
}
SERVERS = load_servers(Path(__file__).parent.parent / "examples/servers.toml")


@pytest.mark.parametrize("name", EXAMPLES)
def test_its_own_comes_first_and_each_once(name: str) -> None:
    servers = servers_in_page(EXAMPLES[name])
    assert servers[0].name == EXAMPLES[name].server
    assert len({server.name for server in servers}) == len(servers)
    assert all(server.browser for server in servers)
    assert {server.interface for server in servers} == {server_of(EXAMPLES[name]).interface}


@pytest.mark.parametrize(
    ("server", "name", "expected"),
    [
        ("waitress", "hello/flask_app.py", True),
        ("gunicorn", "blocking/flask_app.py", True),
        ("waitress", "blocking/flask_app.py", False),  # its threads let the ten requests overlap
        ("hypercorn", "blocking/starlette_app.py", True),
        ("hypercorn", "blocking/starlette_blocking_app.py", True),  # no server can mend it
        ("uvicorn", "hello/flask_app.py", False),
        ("uvicorn", "hello/aiohttp_app.py", False),
    ],
)
def test_a_server_suits_where_the_contract_holds(server: str, name: str, expected: bool) -> None:
    assert suits(SERVERS[server], EXAMPLES[name]) is expected


def test_every_server_of_the_page_has_a_launcher() -> None:
    assert {name for name, server in SERVERS.items() if server.browser} == LAUNCHERS.keys()
