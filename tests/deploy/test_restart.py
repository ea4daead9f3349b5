"""What clients see of a restart and of a reload, counted under load, on each server that can do it.

docs/guides/restart.md quotes the outcome, from docs/data/.
"""

import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.catalogue import SERVERS
from helpers.load import SOURCES, Load, under_load
from helpers.paths import ROOT
from helpers.patience import wait_until
from helpers.serving import ended, serving, with_options
from helpers.units import started

from runnable.catalogue.servers import ServerSpec

# On a busy machine a new process may take longer than 5 s, and Uvicorn would keep the old one.
PATIENT = ("--timeout-worker-healthcheck", "120")
ROUNDS = 2


@dataclass(frozen=True)
class Way:
    """How a server is reloaded, and how it takes a socket that systemd holds.

    Attributes:
        server: A table of servers.toml.
        label: What the table calls it.
        options: What its command has more.
        reload: The signal that reloads it; None where there is none.
        socket: The options by which it takes the socket; None where it takes none.
    """

    server: str
    label: str
    options: tuple[str, ...] = ()
    reload: signal.Signals | None = signal.SIGHUP
    socket: tuple[str, ...] | None = None

    @property
    def spec(self) -> ServerSpec:
        return with_options(self.server, *self.options)

    def command(self, app: str) -> list[str]:
        """Give the command with the socket in place of an address, as typed in app's folder."""
        assert self.socket is not None
        module, _, name = app.partition(":")
        words = " ".join(self.spec.command)
        words = re.sub(r"--(host|bind|port|fd) \{\S+", "", words)
        words = words.format(module=module, app=name)
        program, *rest = words.split()
        first = sys.executable if program == "python" else program
        return [first, *rest[:-1], *self.socket, rest[-1]]


TWO = ("--workers", "2")
WAYS = [
    Way("gunicorn", "Gunicorn", TWO, socket=()),
    Way("gunicorn-gthread", "Gunicorn, `gthread`", TWO, socket=()),
    Way("gunicorn-gevent", "Gunicorn, `gevent`", TWO, socket=()),
    Way("gunicorn-asgi", "Gunicorn, `asgi`", TWO, socket=()),
    Way("gunicorn-uvicorn", "Gunicorn, Uvicorn’s worker", TWO, socket=()),
    Way("uwsgi", "uWSGI", ("--processes", "2")),
    Way("mod_wsgi", "mod_wsgi", ("--processes", "2"), reload=signal.SIGUSR1),
    Way("uvicorn", "Uvicorn, `--workers 2`", (*TWO, *PATIENT), socket=("--fd", "3")),
    Way("hypercorn", "Hypercorn", TWO, socket=("--bind", "fd://3")),
    Way("granian", "Granian", TWO),
    Way("granian-wsgi", "Granian, WSGI", TWO),
    Way("daphne", "Daphne", reload=None, socket=("--fd", "3")),
]


def reloaded(way: Way, folder: Path, rounds: int) -> Load:
    """Reload a server under load, so many times; give what became of the requests."""
    assert way.reload is not None
    with serving(SOURCES[way.spec.interface], way.spec, folder) as server:
        with under_load(server.port) as load:
            for _ in range(rounds):
                os.kill(server.pid, way.reload)
                load.wait_for_others()
        return load


def restarted(way: Way, folder: Path, rounds: int) -> Load:
    """Stop and start a server under load, whose socket stays open meanwhile."""
    (folder / "claim_app.py").write_text(SOURCES[way.spec.interface], "utf-8")
    with started(way.command("claim_app:app"), folder, folder) as service:
        with under_load(service.port) as load:
            for _ in range(rounds):
                service.stop()
                service.start()
                load.wait_for_others()
        return load


def test_without_a_socket_that_is_held_clients_are_refused(tmp_path: Path) -> None:
    with serving(SOURCES["ASGI"], SERVERS["uvicorn"], tmp_path) as server:
        with under_load(server.port) as load:
            os.kill(server.pid, signal.SIGTERM)
            assert wait_until(lambda: load.refused)


# What a broken application does to a reload: its new version cannot be imported.
BROKEN = "raise RuntimeError('this version is broken')\n"


@pytest.mark.parametrize(("name", "survives"), [("gunicorn", False), ("uvicorn", True)])
def test_a_reload_of_a_broken_application(name: str, survives: bool, tmp_path: Path) -> None:
    way = next(way for way in WAYS if way.server == name)
    with serving(SOURCES[way.spec.interface], way.spec, tmp_path) as server:
        with under_load(server.port) as load:
            assert wait_until(lambda: len({*load.answers}) == 2)  # both workers are up
            before = {*load.answers}
            (tmp_path / "claim/claim_app.py").write_text(BROKEN, "utf-8")
            os.kill(server.pid, signal.SIGHUP)
            if survives:
                assert wait_until(lambda: "keeping worker" in server.log()), server.log()
                load.wait_for_answers()
                assert {*load.answers} == before
            else:
                assert wait_until(lambda: ended(server)), server.log()


def row(way: Way, folder: Path) -> str:
    """Give a server's row: what was lost in reloads, and in restarts with a socket that is held."""
    reload, restart = "has none", "not tried"
    if way.reload is not None:
        (folder / "reload").mkdir(parents=True)
        load = reloaded(way, folder / "reload", ROUNDS)
        assert load.refused == 0
        reload = f"`{way.reload.name}`: {load.lost}"
    if way.socket is not None:
        (folder / "restart").mkdir(parents=True)
        load = restarted(way, folder / "restart", ROUNDS)
        assert load.refused == 0
        restart = f"{load.lost}"
    return f"| {way.label} | {reload} | {restart} |"


@pytest.mark.weekly
def test_what_is_lost(
    tmp_path: Path, pytestconfig: pytest.Config, need: Callable[[ServerSpec], None]
) -> None:
    """Nobody is refused; how many are cut off is written down, and may change from run to run."""
    rows = ["| Server | Reload by signal | Restart, the socket held |", "| --- | --- | --- |"]
    for number, way in enumerate(WAYS):
        need(way.spec)
        rows.append(row(way, tmp_path / str(number)))
    path = ROOT / "docs/data/recorded/restart.txt"
    if pytestconfig.getoption("--write-recorded"):
        path.write_text("\n".join([*rows, ""]), "utf-8")

    def masked(text: str) -> str:
        return re.sub(r"\d+ of \d+", "<> of <>", text)

    assert masked(path.read_text("utf-8")) == masked("\n".join([*rows, ""]))
