"""Real servers start, tell what they log, and leave nothing behind."""

import shutil
import signal
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.catalogue import simplest
from helpers.paths import EXAMPLES
from helpers.patience import wait_until

from runnable.catalogue.examples import Example, ExampleError, load_example
from runnable.catalogue.servers import ServerSpec, load_servers, server_of
from runnable.harness import processes
from runnable.harness.processes import BootError, RunningServer, boot

SERVERS = load_servers(EXAMPLES / "servers.toml")

STUBBORN = """
[stubborn]
title = "Stubborn"
summary = "It forks, and neither process minds SIGTERM."
interface = "WSGI"
browser = false
command = ["python", "-c", '''
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork():
    signal.pause()
from wsgiref.simple_server import make_server
from {module} import {app}
make_server("{host}", {port}, {app}).serve_forever()
''']
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of an example, to be spoilt."""
    for name in ("servers.toml", "hello/bare_wsgi_app.py", "hello/requests.toml"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / name, target)
    return tmp_path / "hello/bare_wsgi_app.py"


def living(session: int) -> list[str]:
    """The processes of a session; a zombie is none, it waits for init to see it."""
    states = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # gone meanwhile
            # proc_pid_stat(5): pid (name) state parent group session
            state, _, _, of, *_ = stat.read_text().rpartition(")")[2].split()
            if int(of) == session and state != "Z":
                states.append(stat.read_text())
    return states


def assert_gone(server: RunningServer) -> None:
    assert wait_until(lambda: not living(server.pid)), living(server.pid)  # SIGKILL takes its time
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://{server.host}:{server.port}/")


@pytest.mark.parametrize("server", SERVERS)
def test_server_is_ready_and_leaves_nothing(
    server: str, need: Callable[[ServerSpec], None]
) -> None:
    need(SERVERS[server])
    with boot(simplest(SERVERS[server]), server) as running:
        assert living(running.pid)
        log_path = running.log_path
    assert_gone(running)
    assert not log_path.parent.exists()


def test_server_of_websockets_alone_is_ready() -> None:
    with boot(load_example(EXAMPLES / "websocket/starlette_app.py")) as running:
        assert running.log()
    assert_gone(running)


def test_missing_server_says_what_to_install(copy: Path) -> None:
    table = 'title = "T"\nsummary = "S."\ninterface = "WSGI"\nbrowser = false\n'
    more = 'command = ["no-such"]\npackages = ["no-such-server"]\ndebian = ["gcc"]\n'
    copy.parent.with_name("servers.toml").write_text(f"[absent]\n{table}{more}")
    with pytest.raises(BootError) as failure, boot(load_example(copy), "absent"):
        pass
    assert str(failure.value) == (
        "absent is not installed: apt-get install gcc && pip install no-such-server"
    )


def test_log_holds_both_streams_in_order(copy: Path) -> None:
    start = "def app(environ, start_response):\n"
    said = '    import sys\n    print("out")\n    print("err", file=sys.stderr)\n'
    copy.write_text(copy.read_text().replace(start, start + said))
    with boot(load_example(copy)) as running:
        assert running.log().startswith("out\nerr\n")


def test_server_that_ignores_its_signal_is_killed_with_its_children(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.2)
    copy.parent.with_name("servers.toml").write_text(STUBBORN)
    with boot(load_example(copy), "stubborn") as running:
        pass
    assert_gone(running)


def test_body_that_raises_still_stops_the_server() -> None:
    example = load_example(EXAMPLES / "hello/bare_wsgi_app.py")
    with pytest.raises(KeyError), boot(example) as running:
        raise KeyError
    assert_gone(running)


def test_server_that_ends_shows_its_log(copy: Path) -> None:
    copy.write_text(copy.read_text() + "import nonsense\n")
    with pytest.raises(BootError) as failure, boot(load_example(copy)):
        pass
    assert str(failure.value).startswith("hello/bare_wsgi_app.py: the server ended")
    assert "No module named 'nonsense'" in str(failure.value)


def test_server_that_never_answers_shows_its_log(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "START_SECONDS", 1.0)
    copy.write_text(copy.read_text() + 'print("asleep")\n__import__("time").sleep(60)\n')

    def refused(server: RunningServer) -> None:
        wait_until(lambda: "asleep" in server.log())  # a busy machine may need longer than 1 s
        raise ConnectionRefusedError

    with pytest.raises(BootError, match=r"no answer in 1 s[^\0]*asleep"):
        with boot(load_example(copy), probe=refused):
            pass


def test_command_is_what_a_reader_types() -> None:
    example = load_example(EXAMPLES / "hello/starlette_app.py")
    assert server_of(example).command_line(example) == (
        "python -m uvicorn --host 127.0.0.1 --port 8000"
        " --http h11 --ws wsproto --loop asyncio starlette_app:app"
    )


def test_every_server_is_described() -> None:
    assert {spec.stop for spec in SERVERS.values()} == {signal.SIGTERM}
    assert SERVERS["mod_wsgi"].install == (
        "apt-get install apache2 apache2-dev gcc",
        "pip install mod_wsgi",
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('"WSGI"', '"CGI"'), "one: interface must be WSGI, ASGI or aiohttp, not 'CGI'"),
        (("SIGINT", "SIGFOO"), "one: stop must be a signal's name, such as SIGTERM"),
        (('["run"]', "[]"), "one: command is missing; add it"),
        (("true", '"yes"'), "one: browser must be true or false, not 'yes'"),
        (("summary", "about"), "one: summary is missing; add it"),
        (("stop =", "halt ="), "one: unknown key 'halt'; known: browser, browser_http2, command,"),
        (
            ("https", "htps"),
            "one: unknown key 'htps'; known: browser, browser_http2, command, debian, ",
        ),
        (("options", "option"), "one: https: unknown key 'option'; known: options, packages"),
        (("[one]", "[one"), "servers.toml:1: not TOML: "),
        (("[one]", "one = 1\n[two]"), "one must be a table, not 1"),
    ],
)
def test_wrong_description_is_refused(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    text = (
        '[one]\ntitle = "One"\nsummary = "A server."\ninterface = "WSGI"\ncommand = ["run"]\n'
        'stop = "SIGINT"\nbrowser = true\nhttps = { options = ["--key", "{key}"] }\n'
    )
    path = tmp_path / "servers.toml"
    path.write_text(text)
    assert load_servers(path)["one"].stop is signal.SIGINT
    assert load_servers(path)["one"].features["https"].options == ("--key", "{key}")
    path.write_text(text.replace(*change))
    with pytest.raises(ExampleError) as failure:
        load_servers(path)
    assert complaint in str(failure.value)
    assert str(failure.value).startswith(str(path))


def test_unknown_server_and_missing_file_are_named(tmp_path: Path) -> None:
    example: Example = load_example(EXAMPLES / "hello/bare_wsgi_app.py")
    with pytest.raises(ExampleError, match=r"_app\.py: unknown server 'apache'; known: wsgiref, "):
        server_of(example, "apache")
    example = replace(example, server="apache", source='# one\n# two\n# server = "apache"\n')
    with pytest.raises(ExampleError, match=r"_app\.py:3: unknown server 'apache'; known: "):
        server_of(example)
    with pytest.raises(ExampleError, match=r"servers\.toml: missing; describe"):
        load_servers(tmp_path / "servers.toml")
