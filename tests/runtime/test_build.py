"""The browser's runtime: reproducible, complete, and of the versions that the tests run."""

import copy
import hashlib
import importlib.metadata
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pyodide_lock import PyodideLockSpec

from runnable.runtime import archives, build, standard_library
from runnable.runtime.compiler import unpack_one

# What lock.json has beside the standard's keys.
OWN_KEYS = {"core", "later", "stdlib"}

IMPORT_ALL = Path(__file__).with_name("import_all.js")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a build from nothing but its inputs; its cache is beside it."""
    folder = tmp_path_factory.mktemp("build")
    assert build.build(folder / "runtime", folder / "cache")
    return folder / "runtime"


@pytest.fixture(scope="session")
def lock(built: Path) -> dict[str, Any]:
    """The build's lock.json."""
    result: dict[str, Any] = json.loads((built / "lock.json").read_text())
    return result


def contents(folder: Path) -> dict[str, str]:
    """The hash of each file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_site_has_the_same_bytes_as_a_build_from_nothing(built: Path, site: Path) -> None:
    # though it was built another time, in another folder, and perhaps in steps, from a cache
    assert contents(site / "assets/runtime") == contents(built)


def test_an_archive_compiled_alone_is_the_same(built: Path, tmp_path: Path) -> None:
    # so what a cache holds already can never show in the result
    staged = archives.stage_wheel(build.find_wheels()["werkzeug"], "werkzeug")
    alone = archives.compile_all(staged, tmp_path, build.ROOT, build.PYODIDE)
    [together] = built.glob("werkzeug-*.zip")
    assert alone["werkzeug"] == together.read_bytes()


def test_pyodide_lock_accepts_the_lock(lock: dict[str, Any]) -> None:
    standard = copy.deepcopy({k: v for k, v in lock.items() if k not in OWN_KEYS})
    for package in standard["packages"].values():
        del package["size"]
    spec = PyodideLockSpec.from_dict(standard)
    assert {"flask", "starlette", "uvicorn", "aiohttp", "runnable"} <= spec.packages.keys()
    for package in spec.packages.values():
        assert set(package.depends) <= spec.packages.keys()
        assert package.imports


def test_the_lock_names_every_file_with_its_size_and_hash(
    built: Path, lock: dict[str, Any]
) -> None:
    parts = (lock["stdlib"], lock["packages"], lock["later"])
    entries = [entry for part in parts for entry in part.values()]
    named = {entry["file_name"]: entry for entry in entries}
    folder = lock["core"]["folder"]
    named |= {folder + name: entry for name, entry in lock["core"]["files"].items()}
    found = contents(built)
    del found["lock.json"]
    assert {name: entry["sha256"] for name, entry in named.items()} == found
    for name, entry in named.items():
        assert entry["size"] == (built / name).stat().st_size


def test_what_is_served_is_compiled(built: Path) -> None:
    names = {name for path in built.glob("*.zip") for name in unpack_one(path)}
    sources = {name for name in names if name.endswith(".py")}
    kept = [package.as_source for package in archives.PACKAGES.values() if package.as_source]
    assert all(any(spec.match_file(name) for spec in kept) for name in sources)
    assert len(sources) == sum(map(len, kept))
    assert not [name for name in names if name.startswith("/") or "/tests/" in name]


def test_every_archive_imports_and_has_the_version_of_the_tests(
    built: Path,
) -> None:
    node = archives.find_node(build.ROOT)
    assert node, "there is no Node"
    done = subprocess.run(
        [node, IMPORT_ALL, built],
        capture_output=True,
        text=True,
    )
    # the end only: Node shows the failing line, and one of Pyodide's has a megabyte
    assert done.returncode == 0, done.stderr[-2000:]
    versions = json.loads(done.stdout.splitlines()[-1])
    assert versions == {name: importlib.metadata.version(name) for name in versions}
    assert versions.keys() == build.find_wheels().keys()


def test_a_second_build_finds_everything_done(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "runtime"
    shutil.copytree(built, again)
    assert build.build(again, tmp_path / "cache") is False


def test_stale_and_damaged_files_are_replaced(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "runtime"
    shutil.copytree(built, again)
    (again / "core-old").mkdir()
    (again / "core-old" / "pyodide.mjs").write_text("old")
    (again / "old.zip").write_text("old")
    next(again.glob("flask-*.zip")).write_text("cut short")
    assert build.build(again, built.parent / "cache") is True
    assert contents(again) == contents(built)


def test_each_pattern_of_a_package_leaves_something_out() -> None:
    files = {name: archives.unpack(path) for name, path in build.find_wheels().items()}
    files["stdlib"] = archives.unpack(build.PYODIDE / build.STDLIB)
    files["*"] = dict.fromkeys([file for wheel in files.values() for file in wheel], b"")
    assert archives.PACKAGES.keys() <= files.keys(), "packages.toml describes what is not pinned"
    idle = {
        (name, pattern.pattern)
        for name, package in archives.PACKAGES.items()
        for spec in (package.leave_out, package.as_source, package.later)
        for pattern in spec.patterns
        if not any(pattern.match_file(file) for file in files[name])
    }
    assert not idle


def test_the_library_is_parted_with_nothing_left_or_twice(
    built: Path, lock: dict[str, Any]
) -> None:
    parts = {
        part: set(unpack_one(built / entry["file_name"])) for part, entry in lock["stdlib"].items()
    }
    late = json.loads(
        unpack_one(built / lock["stdlib"]["common"]["file_name"])[standard_library.LATE_MODULES]
    )
    assert late["packages"] == {"django": ["django.contrib.admin"]}
    parts["common"].remove(standard_library.LATE_MODULES)
    assert sum(map(len, parts.values())) == len(set.union(*parts.values()))
    whole = archives.unpack(build.PYODIDE / build.STDLIB)
    left_out = archives.PACKAGES["stdlib"].leave_out
    wanted = {name.removesuffix(".py") for name in whole if not left_out.match_file(name)}
    assert {name.removesuffix(".pyc") for name in set.union(*parts.values())} == wanted
    for part in ("more", "rest"):
        files = {name.removesuffix("c") for name in parts[part]}
        assert late["library"][part] == sorted(map(standard_library.module_name, files))


def test_what_examples_import_is_fetched_by_those_that_need_it() -> None:
    first = f"{standard_library.FIRST[0]} wsgiref"
    runs = {first: ["x"], "a s": ["x", "y"], "b s": ["x"], "c s": ["x", "own"], "d s": ["x", "z"]}
    packages = {first: [], "a s": ["one", "two"], "b s": ["two"], "c s": [], "d s": ["two", "six"]}
    assert standard_library.choose(runs, packages) == (
        {"x", "own", *standard_library.ALWAYS},
        {"y", "z"},
        ("one", "six"),
    )


def test_the_library_has_no_docstrings_and_the_packages_have(built: Path) -> None:
    def text(archive: str, name: str) -> bytes:
        [path] = built.glob(f"{archive}-*.zip")
        return unpack_one(path)[name]

    assert b"JSON (JavaScript Object Notation)" not in text("stdlib_common", "json/__init__.pyc")
    assert b"The name of the module" not in text("stdlib_common", "logging/__init__.pyc")
    assert b"Click is a simple Python module" in text("click", "click/__init__.pyc")


def test_a_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "WHEELS", tmp_path)
    with pytest.raises(build.BundleError, match=r"aiofiles-.*\.whl is not in"):
        build.build(tmp_path / "runtime", tmp_path / "cache")


def test_an_example_that_wants_another_package_is_refused(tmp_path: Path) -> None:
    shutil.copytree(build.EXAMPLES / "hello", tmp_path / "hello")
    path = tmp_path / "hello/flask_app.py"
    path.write_text(path.read_text().replace('["flask"]', '["flask", "Pony_ORM"]'))
    with pytest.raises(
        build.BundleError, match=r"flask_app\.py:2: no package 'pony-orm' is pinned"
    ):
        build.check_examples(tmp_path, ["flask", "starlette", "uvicorn", "aiohttp"])


def test_a_missing_npm_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "PYODIDE", tmp_path)
    with pytest.raises(build.BundleError, match=r"pyodide\.mjs is missing"):
        build.build(tmp_path / "runtime", tmp_path / "cache")


def test_a_source_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    staged = {"broken": archives.stage_sources({"broken.py": b"def"})}
    with pytest.raises(archives.CompileError):
        archives.compile_all(staged, tmp_path, build.ROOT, build.PYODIDE)
    assert not list(tmp_path.glob("*.zip"))
