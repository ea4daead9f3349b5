"""The guide's systemd units: valid, and run as systemd would, with a socket that it holds."""

import shlex
import subprocess
from pathlib import Path

import pytest
from helpers.load import SOURCES, under_load
from helpers.paths import EXAMPLES
from helpers.services import program
from helpers.units import command_of, settings, started

FOLDER = EXAMPLES / "deploy"
# In the place of their applications stand such as answer with their process.
APPLICATIONS = {"shop": ("flask_app", "WSGI"), "live": ("starlette_app", "ASGI")}
# On a busy machine a new process may take longer than 5 s, and Uvicorn would keep the old one.
PATIENT = {"shop": [], "live": ["--timeout-worker-healthcheck", "120"]}


def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    """The files as they are, but for the programs, which are not in /srv here."""
    names = [f"{name}.{kind}" for name in APPLICATIONS for kind in ("socket", "service")]
    for name in names:
        unit = FOLDER / name
        text = unit.read_text("utf-8")
        if unit.suffix == ".service":
            command = settings(unit)["Service"]["ExecStart"]
            text = text.replace(command, shlex.join(command_of(settings(unit))))
        (tmp_path / name).write_text(text, "utf-8")
    command = [program("systemd", "systemd-analyze"), "verify", "--man=no", *names]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    # and it does find what is wrong
    broken = (tmp_path / names[1]).read_text("utf-8").replace("KillMode=mixed", "KillMode=mxied")
    (tmp_path / names[1]).write_text(broken, "utf-8")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "mxied" in done.stderr


@pytest.mark.parametrize("name", APPLICATIONS)
def test_a_reload_and_a_restart_refuse_nobody(name: str, tmp_path: Path) -> None:
    """Gunicorn loses no request at all; what Uvicorn may lose is in docs/data/."""
    service = settings(FOLDER / f"{name}.service")
    module, interface = APPLICATIONS[name]
    (tmp_path / f"{module}.py").write_text(SOURCES[interface], "utf-8")
    command = [*command_of(service), *PATIENT[name]]
    with started(command, tmp_path, tmp_path) as running:
        if service["Service"].get("Type") == "notify":
            assert "READY=1" in running.wait_until_notified()
        with under_load(running.port) as load:
            reload = service["Service"]["ExecReload"].replace("$MAINPID", str(running.pid))
            subprocess.run(shlex.split(reload), check=True)
            load.wait_for_others()
            running.stop()
            running.start()
            load.wait_for_others()
    assert load.refused == 0
    if name == "shop":
        assert load.cut_off == 0
