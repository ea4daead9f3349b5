"""The tests that docs/guides/testing.md shows pass, as a reader runs them: beside their example."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.paths import EXAMPLES, ROOT

SHOWN = ROOT / "docs/includes/tests"
# The examples that stand beside each of them.
BESIDE = {
    "test_flask_client.py": ["notes/flask_app.py"],
    "test_starlette_client.py": ["lifespan/starlette_app.py"],
    "test_transports.py": ["moving/flask_app.py", "moving/quart_app.py"],
    "test_real_server.py": ["lifespan/starlette_app.py"],
}


def test_all_of_them_are_known() -> None:
    assert sorted(path.name for path in SHOWN.glob("*.py")) == sorted(BESIDE)


@pytest.mark.parametrize("name", BESIDE)
def test_passes(name: str, tmp_path: Path) -> None:
    shutil.copy(SHOWN / name, tmp_path)
    for example in BESIDE[name]:
        shutil.copy(EXAMPLES / example, tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_defect_of_an_example_fails_them(tmp_path: Path) -> None:
    shutil.copy(SHOWN / "test_flask_client.py", tmp_path)
    source = (EXAMPLES / "notes/flask_app.py").read_text("utf-8")
    (tmp_path / "flask_app.py").write_text(source.replace("abort(422)", "abort(400)"), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "test_a_wrong_note_is_refused" in ran.stdout
