"""Makes the runtime's archives: chooses what goes in, and has it compiled.

An archive is staged (pruned as `examples/packages.toml` says, its files under the names
that they will have in the browser), then compiled and packed by Pyodide under Node.
Compiled archives are kept under a hash of what they came from, so one change compiles
one archive.
"""

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from runnable.catalogue.packages import load_packages
from runnable.runtime import standard_library
from runnable.runtime.compiler import AS_SOURCE, SITE, STDLIB, pack, unpack

COMPILER = Path(__file__).with_name("compiler.mjs")
RULES = [COMPILER, COMPILER.with_suffix(".py")]
PARTS = [Path(standard_library.__file__), standard_library.IMPORTED]
PACKAGES = load_packages(Path(__file__).parents[3] / "examples" / "packages.toml")


class CompileError(Exception):
    """The interpreter under Node could not be run, or refused a file."""


def stage_sources(sources: dict[str, bytes]) -> dict[str, bytes]:
    """Sources under the names that they have once unpacked in the browser."""
    return {SITE + name: data for name, data in sources.items()}


def prune(wheel: Path, name: str) -> dict[str, bytes]:
    """What the browser needs of a distribution's wheel; of its metadata, the fields only."""
    rules = [PACKAGES[key] for key in ("*", name) if key in PACKAGES]
    kept = {
        file: data
        for file, data in unpack(wheel).items()
        if not any(package.leave_out.match_file(file) for package in rules)
    }
    for file in kept:
        if file.endswith(".dist-info/METADATA"):
            kept[file] = re.split(rb"\r?\n\r?\n", kept[file], maxsplit=1)[0] + b"\n"
    return kept


def stage_wheel(wheel: Path, name: str) -> dict[str, dict[str, bytes]]:
    """What the browser needs of a distribution's wheel, under the names that it has there.

    Returns:
        The files of the archive, by the distribution's name; and those of the one that comes where
        a program imports it, if there is one, by the name that `later` gives.
    """
    package = PACKAGES.get(name)
    staged: dict[str, dict[str, bytes]] = {name: {}}
    for file, data in prune(wheel, name).items():
        of = later(name) if package and package.later.match_file(file) else name
        kept = AS_SOURCE if package and package.as_source.match_file(file) else ""
        staged.setdefault(of, {})[file + kept] = data
    return {of: stage_sources(files) for of, files in staged.items()}


def later(name: str) -> str:
    """The name of the archive that comes where a program imports it."""
    return f"{name}_later"


def find_packages(files: Iterable[str]) -> list[str]:
    """The outermost packages among staged files, with dots: whose import has to wait for them."""
    folders = {
        file.removeprefix(SITE).removesuffix("/__init__.py")
        for file in files
        if file.endswith("/__init__.py")
    }
    inner = {folder for folder in folders if any(folder.startswith(f"{f}/") for f in folders)}
    return sorted(folder.replace("/", ".") for folder in folders - inner)


def stage_stdlib(path: Path, later: Mapping[str, list[str]]) -> dict[str, dict[str, bytes]]:
    """What the browser needs of the standard library, in parts, see standard_library.py.

    Args:
        path: Pyodide's archive of it.
        later: The packages that are in a distribution's later archive, by its name.
    """
    leave_out = PACKAGES["stdlib"].leave_out
    entries = unpack(path).items()
    files = {STDLIB + file: data for file, data in entries if not leave_out.match_file(file)}
    return standard_library.part(files, standard_library.load_imported(), STDLIB, later)


def toolchain(pyodide: Path) -> str:
    """What compiles, in a few words: other words, other .pyc files."""
    package = hashlib.sha256((pyodide / "package.json").read_bytes()).hexdigest()
    builder = importlib.metadata.version("pyodide-build")
    return f"pyodide {package}, pyodide-build {builder}"


def find_node(root: Path) -> str | None:
    """Node, as make has set it up or as the machine has it."""
    path = os.pathsep.join([str(root / ".cache" / "bin"), *os.get_exec_path()])
    return shutil.which("node", path=path)


def compile_all(
    staged: dict[str, dict[str, bytes]], cache: Path, root: Path, pyodide: Path
) -> dict[str, bytes]:
    """Compiles archives, or takes them from the cache.

    Args:
        staged: The sources of each archive, by its name.
        cache: A folder, made if need be.
        root: The project's folder, where .cache/bin may have Node.
        pyodide: The npm package.

    Returns:
        The zip file of each archive, by its name.

    Raises:
        CompileError: Node is missing, or Pyodide refused a file.
    """
    rules = toolchain(pyodide).encode() + b"".join(p.read_bytes() for p in RULES)
    zips = {name: pack(entries, zipfile.ZIP_STORED) for name, entries in staged.items()}
    kept = {
        name: cache / f"{name}-{hashlib.sha256(rules + data).hexdigest()}.zip"
        for name, data in zips.items()
    }
    missing = [name for name, path in kept.items() if not path.is_file()]
    if missing:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            folder = Path(temporary)
            for name in missing:
                (folder / f"{name}.zip").write_bytes(zips[name])
            print(f"==> compiling {len(missing)} archives for the browser", flush=True)
            run_compiler(folder, root)
            for name in missing:
                (folder / f"{name}.zip").replace(kept[name])
    return {name: path.read_bytes() for name, path in kept.items()}


def run_compiler(folder: Path, root: Path) -> None:
    """Compiles the zip files in a folder in place."""
    node = find_node(root)
    if node is None:
        raise CompileError("there is no Node: run `make build`, which sees to it")
    command = [node, str(COMPILER), sysconfig.get_path("purelib"), str(folder)]
    if subprocess.run(command).returncode:
        raise CompileError("Pyodide under Node failed, see the lines above")
