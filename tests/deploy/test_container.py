"""The guide's Dockerfile, step by step without Docker: files, command, user, health check."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from helpers.catalogue import ALL
from helpers.paths import EXAMPLES
from helpers.patience import PATIENCE, wait_until
from helpers.services import listens

from runnable.harness.processes import AS_NOBODY, reserved_port

PROGRAMS = Path(sys.executable).parent
EXAMPLE = ALL["proxied/starlette_app.py"]


def instructions() -> list[tuple[str, str]]:
    """Read the Dockerfile: each instruction, and what follows it."""
    text = (EXAMPLES / "deploy/Dockerfile").read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def only(word: str) -> str:
    [found] = [rest for name, rest in instructions() if name == word]
    return found


def words(text: str) -> list[str]:
    """Read an instruction in the exec form, JSON; a shell's form is none."""
    _, bracket, rest = text.partition("[")
    found = json.loads(bracket + rest)
    assert isinstance(found, list)
    program = shutil.which(found[0], path=PROGRAMS)
    assert program, f"{found[0]} is not in this environment"
    return [program, *found[1:]]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """What the image has in its WORKDIR: copied from the folder beside which the file stands."""
    context, workdir = tmp_path / "context", tmp_path / "workdir"
    context.mkdir()
    workdir.mkdir()
    shutil.copy(EXAMPLE.path, context)
    frozen = [f"{name}\n" for name in EXAMPLE.dependencies]
    (context / "requirements.txt").write_text("".join(frozen), "utf-8")
    for name, rest in instructions():
        if name == "COPY":
            source, target = rest.split()
            assert target == "."
            shutil.copy(context / source, workdir)
    return workdir


@contextmanager
def running(
    image: Path, *before: str, command: Sequence[str] = ()
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run the image's command as its user, on a free port of loopback; gives process and port.

    Args:
        image: What is in its WORKDIR.
        before: What starts the command.
        command: Another one, with {port} in it.
    """
    assert only("USER") == "nobody"
    with reserved_port() as port:
        own = words(only("CMD"))
        assert own[1:5] == ["--host", "0.0.0.0", "--port", "8000"]
        own[1:5] = ["--host", "127.0.0.1", "--port", str(port)]
        as_user = AS_NOBODY if os.geteuid() == 0 else []
        process = subprocess.Popen(
            [*before, *as_user, *(word.format(port=port) for word in command or own)],
            cwd=image,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            assert wait_until(lambda: listens(port) or process.poll() is not None)
            assert process.poll() is None
            yield process, port
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_what_the_image_installs_is_there(image: Path) -> None:
    """The step itself, without a network: all that it asks for is installed here."""
    command = [*words(only("RUN")), "--no-index", "--no-deps"]
    done = subprocess.run(command, cwd=image, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Requirement already satisfied") == len(EXAMPLE.dependencies)


def test_the_check_says_whether_the_server_answers(image: Path) -> None:
    check = words(only("HEALTHCHECK"))
    with running(image) as (_, port):
        assert "127.0.0.1:8000" in check[-1]
        check[-1] = check[-1].replace(":8000", f":{port}")
        assert subprocess.run(check, check=False).returncode == 0
    assert subprocess.run(check, check=False, stderr=subprocess.DEVNULL).returncode != 0


def test_the_server_is_the_first_process_and_not_root(image: Path) -> None:
    with running(image) as (process, _):
        status = Path(f"/proc/{process.pid}/status").read_text()
        command = Path(f"/proc/{process.pid}/cmdline").read_bytes().split(b"\0")
        assert any(part.endswith(b"uvicorn") for part in command[:2])
        [users] = re.findall(r"^Uid:\t(.*)$", status, re.MULTILINE)
        assert "0" not in users.split()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)


# Makes what follows the first process of its own, as a container does.
AS_FIRST = ("unshare", "--pid", "--fork", "--kill-child")
OPTIONS = "--host 127.0.0.1 --port {port} starlette_app:app"


@pytest.mark.weekly  # a namespace takes rights that not every machine gives
@pytest.mark.parametrize(
    ("command", "stops"),
    [
        ((), True),
        (("sh", "-c", f"uvicorn {OPTIONS}"), False),
        (("sh", "-c", f"exec uvicorn {OPTIONS}"), True),
        (
            ("waitress-serve", "--listen", "127.0.0.1:{port}", "wsgiref.simple_server:demo_app"),
            False,
        ),
    ],
    ids=["exec form", "shell form", "shell form with exec", "no handler"],
)
def test_who_hears_the_signal_that_stops_a_container(
    command: tuple[str, ...], stops: bool, image: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join((str(PROGRAMS), os.environ["PATH"])))
    with running(image, *AS_FIRST, command=command) as (process, port):
        [first] = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(first), signal.SIGTERM)
        if stops:
            process.wait(PATIENCE)
            assert not listens(port)
        else:
            time.sleep(SECONDS_TO_SEE)
            assert listens(port)


# Docker waits for 10 s, and then kills it. A server that hears stops at once; a busy machine can
# only make a test pass that would fail.
SECONDS_TO_SEE = 3
