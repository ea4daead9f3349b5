"""The site has the same bytes wherever it is built."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers.paths import ROOT

# What the set-up has made, and a build only reads.
READ = (".venv", ".cache/bin", ".cache/uv", ".cache/wheels")


def link(source: str, target: str) -> None:
    """Copy a file without its bytes, where the file system can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def contents(folder: Path) -> dict[str, str]:
    """The hash of each file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def git(*arguments: str) -> str:
    """What git says of this project."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout


@pytest.mark.weekly
def test_another_folder_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "another folder"
    for name in git("ls-files", "-z").split("\0")[:-1]:
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, other / name)
    for name in READ:
        (other / name).parent.mkdir(exist_ok=True)
        (other / name).symlink_to(ROOT / name)
    # Not a symbolic link: esbuild would write where it leads to.
    shutil.copytree(
        ROOT / "node_modules", other / "node_modules", symlinks=True, copy_function=link
    )
    date = {"SOURCE_DATE_EPOCH": git("log", "-1", "--format=%ct").strip()}
    here = {"PYTHONPATH": str(other / "src")}  # the virtual environment's is this folder's
    subprocess.run(["make", "site"], cwd=other, env=os.environ | date | here, check=True)
    there, known = contents(other / "site"), contents(site)
    assert {
        name for name in there.keys() | known.keys() if there.get(name) != known.get(name)
    } == set()
