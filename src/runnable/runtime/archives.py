"""Makes the runtime's archives: chooses what goes in, and has it compiled.

An archive is staged (pruned, its files under the names that they will have in the
browser), then compiled and packed by Pyodide under Node. Compiled archives are kept
under a hash of what they came from, so one change compiles one archive.
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
from pathlib import Path

from runnable.runtime.compiler import SITE, STDLIB, pack, unpack

COMPILER = Path(__file__).with_name("compiler.mjs")
RULES = [Path(__file__), COMPILER, COMPILER.with_suffix(".py")]

# In a wheel: tests, what type checkers and compilers read, plug-ins of pytest, Trio.
# Of Django, other languages than English, databases but SQLite, and the large contributed
# applications; of setuptools, all but what pkg_resources imports, which Pyramid wants;
# of legacy-cgi, which WebOb wants, what needs pydoc. Of Gunicorn, all but its sync worker; of
# Hypercorn, what starts processes, and HTTP/3.
NOT_IN_WHEELS = re.compile(
    r"(^|/)(tests?|_tests|__pycache__)/"
    r"|\.(pyi|typed|pyx|pxd|pxi|c|h|hash|md|rst|exe|po|pth)$"
    r"|(^|/)(pytest_plugin|_trio)\.py$|^cgitb\.py$"
    r"|\.dist-info/(?!METADATA$)"
    r"|^django/.*locale/(?!en/|__init__)"
    r"|^django/contrib/(admin|admindocs|flatpages|gis|humanize|postgres|redirects)/"
    r"|^django/db/backends/(mysql|oracle|postgresql)/"
    r"|^(_distutils_hack|setuptools)/(?!_vendor/(jaraco|more_itertools|packaging|platformdirs)/)"
    r"|^gunicorn/(app|asgi|ctl|dirty|http2|instrument|uwsgi)/"
    r"|^gunicorn/(__main__|arbiter|debug|pidfile|systemd)\.py$"
    r"|^gunicorn/workers/(base_async|g\w+)\.py$"
    r"|^hypercorn/(trio/|(__main__|run|protocol/(h3|quic))\.py$)"
)

# In the standard library: what needs a terminal, a desktop or a mail server, and what
# looks into Python code rather than runs it. Whatever else Pyodide ships can be imported.
NOT_IN_STDLIB = re.compile(
    r"^(_pyrepl|__phello__|ctypes/macholib|site-packages|xmlrpc)/"
    r"|^(__hello__|antigravity|bdb|cProfile|compileall|doctest|ftplib|imaplib"
    r"|mailbox|modulefinder|nturl2path|pdb|pickletools|poplib|profile|pstats|pty"
    r"|pyclbr|pydoc|rlcompleter|tabnanny|this|trace|tty|wave|webbrowser|zipapp)\.py$"
    r"|\.(typed|ini|txt)$"
)


class CompileError(Exception):
    """The interpreter under Node could not be run, or refused a file."""


def stage_sources(sources: dict[str, bytes]) -> dict[str, bytes]:
    """Sources under the names that they have once unpacked in the browser."""
    return {SITE + name: data for name, data in sources.items()}


def prune(wheel: Path) -> dict[str, bytes]:
    """What the browser needs of a wheel; of its metadata, the fields only."""
    kept = {n: d for n, d in unpack(wheel).items() if not NOT_IN_WHEELS.search(n)}
    for name in kept:
        if name.endswith(".dist-info/METADATA"):
            kept[name] = re.split(rb"\r?\n\r?\n", kept[name], maxsplit=1)[0] + b"\n"
    return kept


def stage_wheel(wheel: Path) -> dict[str, bytes]:
    """What the browser needs of a wheel, under the names that it has there."""
    return stage_sources(prune(wheel))


def stage_stdlib(path: Path) -> dict[str, bytes]:
    """What the browser needs of the standard library."""
    entries = unpack(path).items()
    return {STDLIB + n: data for n, data in entries if not NOT_IN_STDLIB.search(n)}


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
