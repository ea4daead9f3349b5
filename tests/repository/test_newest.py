"""The weekly report says which versions and which tests have changed."""

import subprocess
import sys
from pathlib import Path

import pytest
from helpers.paths import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import newest

OLD = """\
flask==3.1.2 \\
    --hash=sha256:1
gone==1.0 ; sys_platform == 'linux'
same==2
zope-interface==8.6 ; python_version < '3.14'
zope-interface==8.7 ; python_version >= '3.14'
"""
NEW = OLD.replace("3.1.2", "3.1.3").replace("gone==1.0", "new==0.1").replace("8.6", "8.5")
TESTS = """
import pytest

def test_passes(): pass

def test_fails(): assert 1 + 1 == 3, "first | line\\nsecond"

@pytest.mark.xfail(reason="example/server#1", strict=True)
def test_is_mended(): pass

@pytest.mark.xfail(reason="example/server#2", strict=True)
def test_is_still_broken(): raise ValueError

@pytest.fixture
def broken(): raise KeyError("no fixture")

def test_cannot_start(broken): pass
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pytest writes of five tests, run by a pytest of their own."""
    folder = tmp_path_factory.mktemp("results")
    (folder / "test_five.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "--junitxml=results.xml", "test_five.py"]
    subprocess.run(command, cwd=folder, capture_output=True)
    return folder / "results.xml"


def test_versions_that_changed_are_named() -> None:
    assert newest.changes(newest.python_pins(OLD), newest.python_pins(NEW)) == [
        ("flask", "3.1.2", "3.1.3"),
        ("gone", "1.0", "none"),
        ("new", "none", "0.1"),
        ("zope-interface", "8.6 and 8.7", "8.5 and 8.7"),
    ]


def test_pins_of_this_project_are_read() -> None:
    assert newest.python_pins((ROOT / "requirements/dev.txt").read_text())["flask"]
    lock = newest.npm_pins((ROOT / "package-lock.json").read_text())
    assert lock["node_modules/pyodide"]
    assert newest.changes(lock, {}) == sorted((name, lock[name], "none") for name in lock)


def test_tests_that_do_what_was_not_expected_are_told_apart(results: Path) -> None:
    count, failed, mended = newest.surprises(results)
    assert count == 5
    assert [name for name, _ in failed] == ["test_five::test_fails", "test_five::test_cannot_start"]
    assert failed[0][1] == "AssertionError: first | line"
    assert mended == [("test_five::test_is_mended", "example/server#1")]


def test_report_is_markdown_and_says_whether_something_changed(
    results: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert newest.main(results) == 1
    report = capsys.readouterr().out
    assert "| test_five::test_fails | AssertionError: first \\| line |" in report
    assert "| test_five::test_is_mended | example/server#1 |" in report
    quiet = tmp_path / "results.xml"
    quiet.write_text('<testsuites><testsuite><testcase name="one"/></testsuite></testsuites>')
    assert newest.main(quiet) == 0
    assert "## Tests that fail\n\nNone." in capsys.readouterr().out


def test_run_without_tests_is_no_success(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert newest.main(tmp_path / "results.xml") == 1
    assert "None ran: make stopped before them" in capsys.readouterr().out
