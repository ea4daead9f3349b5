"""The servers that a reader may choose are those under which the example's contract holds."""

import shutil
from pathlib import Path

import pytest
from helpers.paths import EXAMPLES

from runnable.catalogue.choice import servers_in_page, suits
from runnable.catalogue.examples import find_examples, load_example
from runnable.catalogue.servers import load_servers, server_of
from runnable.inmemory.servers import names

ALL = {example.name: example for example in find_examples(EXAMPLES)}
SERVERS = load_servers(EXAMPLES / "servers.toml")


@pytest.mark.parametrize("name", ALL)
def test_its_own_comes_first_and_each_once(name: str) -> None:
    servers = servers_in_page(ALL[name])
    assert servers[0].name == ALL[name].server
    assert len({server.name for server in servers}) == len(servers)
    assert all(server.browser for server in servers)
    assert {server.interface for server in servers} == {server_of(ALL[name]).interface}


@pytest.mark.parametrize(
    ("server", "name", "expected"),
    [
        ("waitress", "hello/flask_app.py", True),
        ("gunicorn", "blocking/flask_app.py", True),
        ("waitress", "blocking/flask_app.py", False),  # its threads let the ten requests overlap
        ("hypercorn", "blocking/starlette_app.py", True),
        ("hypercorn", "blocking/starlette_blocking_app.py", True),  # the same under every server
        ("uvicorn", "hello/flask_app.py", False),
        ("uvicorn", "hello/aiohttp_app.py", False),
    ],
)
def test_a_server_suits_where_the_contract_holds(server: str, name: str, expected: bool) -> None:
    assert suits(SERVERS[server], ALL[name]) is expected


def test_a_server_with_a_defect_is_not_offered(tmp_path: Path) -> None:
    name = "hello/starlette_app.py"
    shutil.copytree((EXAMPLES / name).parent, tmp_path / "hello")
    shutil.copy(EXAMPLES / "servers.toml", tmp_path)
    defect = {"reason": "It fails.", "reference": "https://example.org/", "symptom": "greeting: "}
    table = {"servers": ["hypercorn"], "examples": [name], **defect}
    lines = [f"{key} = {value!r}" for key, value in table.items()]
    (tmp_path / "defects.toml").write_text("\n".join(["[fails]", *lines]))
    servers = servers_in_page(load_example(tmp_path / name))
    assert [server.name for server in servers] == ["uvicorn"]
    assert "hypercorn" in {server.name for server in servers_in_page(ALL[name])}


def test_every_server_of_the_page_has_a_launcher() -> None:
    assert {name for name, server in SERVERS.items() if server.browser} == {*names()}
