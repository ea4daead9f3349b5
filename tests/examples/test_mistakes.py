"""What the page of mistakes says beyond the examples' contracts, tried on real servers."""

import http.client
import re
from pathlib import Path

import pytest
from helpers.catalogue import ALL
from helpers.copies import copy_of
from helpers.paths import ROOT
from helpers.patience import PATIENCE

from runnable.harness.processes import BootError, RunningServer, boot

PAGE = (ROOT / "docs/mistakes.md").read_text("utf-8")
MESSAGES = [
    (example.name, server, message)
    for example in ALL.values()
    if example.mistake
    for server, message in example.mistake.log.items()
    if message
]


def status_of(server: RunningServer) -> int:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(("example", "server", "message"), MESSAGES)
def test_page_has_the_message_by_which_readers_search(
    example: str, server: str, message: str
) -> None:
    text = re.sub(r"\s+", " ", PAGE).replace("`django.core.exceptions.` before the name", "")
    assert message.removeprefix("django.core.exceptions.") in text


def test_every_mistake_has_its_right_way() -> None:
    for example in ALL.values():
        if example.mistake:
            assert example.name.replace("_wrong_", "_right_") in PAGE
            assert example.name.replace("_wrong_", "_right_") in ALL


@pytest.mark.parametrize(
    ("name", "before", "after", "status", "message"),
    [
        (
            "unfinished_wrong_app.py",
            "    headers = [",
            "    return\n    headers = [",
            500,
            "ASGI callable returned without starting response.",
        ),
        (
            "content_length_right_app.py",
            "str(len(body))",
            "str(len(body) + 1)",
            200,
            "Too little data for declared Content-Length",
        ),
    ],
)
def test_variant_of_a_message(
    tmp_path: Path, name: str, before: str, after: str, status: int, message: str
) -> None:
    example = copy_of(f"mistakes/{name}", tmp_path)
    assert before in example.source
    example.path.write_text(example.source.replace(before, after), "utf-8")
    with boot(example) as server:
        assert status_of(server) == status
        assert message in server.log()


def test_debug_mode_names_what_held_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    with boot(ALL["blocking/starlette_blocking_app.py"]) as server:
        assert status_of(server) == 200
        assert re.search(r"Executing <Task .*> took 0\.\d+ seconds", server.log())


def test_gunicorn_drops_a_hop_by_hop_header() -> None:
    with boot(ALL["mistakes/hop_by_hop_wrong_app.py"], "gunicorn") as server:
        assert status_of(server) == 200
        assert "Traceback" not in server.log()


def test_uvicorn_can_take_the_exception_for_a_failure(tmp_path: Path) -> None:
    example = copy_of("mistakes/lifespan_wrong_app.py", tmp_path)
    servers = tmp_path / "servers.toml"
    text = servers.read_text("utf-8")
    assert '"--loop", "asyncio", "{module}' in text
    on = '"--lifespan", "on", "--loop", "asyncio", "{module}'
    servers.write_text(text.replace('"--loop", "asyncio", "{module}', on), "utf-8")
    with pytest.raises(BootError, match=r"(?s)the server ended .*no database"), boot(example):
        pytest.fail("it started")
