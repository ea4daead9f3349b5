"""Builds the self-hosted Python runtime: `python -m runnable.runtime.build`.

What the site serves in assets/runtime/: Pyodide's core, the standard library, and an
archive for each distribution, all compiled and with content-hashed names; and
lock.json, which names them. The same inputs give the same bytes.

What is made from what:
    core-<hash>/          npm's `pyodide`, the three files that a browser loads
    stdlib_<part>-….zip   npm's `pyodide`, python_stdlib.zip
    <name>-….zip          the wheels in .cache/wheels; `runnable` from src/runnable/
    <name>_later-….zip    of a wheel what examples/packages.toml calls `later`
    lock.json             the wheels' metadata, by pyodide-lock, with sizes and hashes
"""

import argparse
import hashlib
import importlib.metadata
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from runnable.catalogue.examples import ExampleError, find_examples, package_names
from runnable.runtime import archives, standard_library
from runnable.runtime.compiler import pack

ROOT = Path(__file__).resolve().parents[3]
PYODIDE = ROOT / "node_modules" / "pyodide"
WHEELS = ROOT / ".cache" / "wheels"
PINS = ROOT / "requirements" / "browser.txt"
EXAMPLES = ROOT / "examples"
EXCLUDES = ROOT / "requirements" / "browser-excludes.in"
CACHE = ROOT / ".cache" / "archives"
OUTPUT = ROOT / "docs" / "assets" / "runtime"

CORE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
STDLIB = "python_stdlib.zip"
# What src/runnable/inmemory imports itself, in every run.
OWN_DEPENDS = ["h11"]


class BundleError(Exception):
    """Something that the runtime is built from is missing or does not fit."""


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def describe(data: bytes) -> dict[str, Any]:
    """A file's size in bytes and hash, as lock.json gives them."""
    return {"size": len(data), "sha256": sha256(data)}


def find_wheels() -> dict[str, Path]:
    """The wheel of each pinned distribution, by name.

    Raises:
        BundleError: A pinned wheel was not fetched.
    """
    wheels = {}
    for name, version in re.findall(r"(?m)^([\w.-]+)==(\S+)", PINS.read_text()):
        pattern = f"{name.replace('-', '_')}-{version}-*.whl"
        found = sorted(WHEELS.glob(pattern))
        if not found:
            raise BundleError(f"{pattern} is not in {WHEELS}: run `make build`")
        wheels[name] = found[0]
    return wheels


def check_examples(examples: Path, names: Collection[str]) -> None:
    """Refuse an example that wants a package which the browser will not have.

    Raises:
        BundleError: In one line, the file, the line, and what to change.
    """
    for example in find_examples(examples):
        if example.threads:  # it does not run there
            continue
        for dependency in example.dependencies:
            for name in set(package_names([dependency])) - set(names):
                raise BundleError(
                    f"{example.place(dependency)}: no package {name!r} is pinned for the browser: "
                    "add it to dev.in and browser.in in requirements/, and run `make lock`"
                )


def own_sources() -> dict[str, bytes]:
    """The modules of this project that run in the browser, by path in the archive."""
    package = Path(__file__).parent.parent
    paths = [package / "__init__.py", *sorted(package.glob("inmemory/**/*.py"))]
    return {str(path.relative_to(package.parent)): path.read_bytes() for path in paths}


def hash_inputs(wheels: dict[str, Path], own: dict[str, bytes]) -> str:
    """A hash of all that the runtime is built from, these modules included."""
    builders = [Path(__file__), Path(archives.__file__), *archives.RULES, *archives.PARTS]
    core = [PYODIDE / name for name in (*CORE_FILES, STDLIB, "pyodide-lock.json")]
    digest = hashlib.sha256(archives.toolchain(PYODIDE).encode())
    for path in [*builders, *core, EXCLUDES, EXAMPLES / "packages.toml", *wheels.values()]:
        digest.update(f"{path.name}\0{sha256(path.read_bytes())}\n".encode())
    for name, data in own.items():
        digest.update(f"{name}\0{sha256(data)}\n".encode())
    return digest.hexdigest()


def listed_files(lock: dict[str, Any]) -> dict[str, int]:
    """The files that a lock names, and their sizes in bytes."""
    core = lock["core"]
    files = {core["folder"] + n: f["size"] for n, f in core["files"].items()}
    for part in ("stdlib", "packages", "later"):
        for entry in lock[part].values():
            files[entry["file_name"]] = entry["size"]
    return files


def is_fresh(output: Path, inputs: str) -> bool:
    """Whether the folder already holds what these inputs give."""
    try:
        lock = json.loads((output / "lock.json").read_text())
        return bool(lock["tool"]["runnable"]["inputs"] == inputs) and all(
            (output / name).stat().st_size == size for name, size in listed_files(lock).items()
        )
    except (OSError, ValueError, KeyError):
        return False


def make_lock(wheels: dict[str, Path], inputs: str) -> dict[str, Any]:
    """The lock's standard part: each distribution with what it depends on.

    pyodide-lock reads the wheels' metadata, and is the one that says what is valid.

    Raises:
        BundleError: A wheel requires one that is neither pinned nor left out on purpose.
    """
    from pyodide_lock import PackageSpec, PyodideLockSpec
    from pyodide_lock.utils import add_wheels_to_spec

    shipped = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    empty = PyodideLockSpec.from_dict({"info": shipped["info"], "packages": {}})
    own_tag = "_".join((shipped["info"]["platform"], shipped["info"]["arch"]))
    with tempfile.TemporaryDirectory() as temporary:
        pruned = []
        for name, wheel in wheels.items():
            # PEP 783's tag, which pyodide-lock 0.2 does not know: it expects Emscripten's
            pruned.append(Path(temporary) / re.sub(r"pyemscripten_\w+", own_tag, wheel.name))
            pruned[-1].write_bytes(pack(archives.prune(wheel, name)))
        lock = add_wheels_to_spec(empty, pruned, ignore_missing_dependencies=True)
    left_out = set(re.findall(r"(?m)^[\w.-]+", EXCLUDES.read_text()))
    for name, package in lock.packages.items():
        package.depends = [other for other in package.depends if other not in left_out]
        missing = set(package.depends) - lock.packages.keys()
        if missing:
            raise BundleError(f"{name} requires {', '.join(missing)}: run `make lock`")
    lock.packages["runnable"] = PackageSpec(
        name="runnable",
        version=importlib.metadata.version("runnable"),
        file_name="",
        install_dir="site",
        imports=["runnable"],
        depends=OWN_DEPENDS,
    )
    lock.tool = {"runnable": {"inputs": inputs}}
    result: dict[str, Any] = lock.to_dict()
    return result


def core_files() -> dict[str, bytes]:
    """Pyodide's core, without pointers to source maps that the site does not serve."""
    files = {name: (PYODIDE / name).read_bytes() for name in CORE_FILES}
    pointer = re.compile(rb"\n//# sourceMappingURL=\S+\s*$")
    return {
        name: pointer.sub(b"\n", data) if name.endswith(".mjs") else data
        for name, data in files.items()
    }


def build(output: Path = OUTPUT, cache: Path = CACHE) -> bool:
    """Builds the runtime into a folder, unless it is there already.

    Args:
        output: The folder; what else is in it is removed.
        cache: Where compiled archives are kept for the next build.

    Returns:
        Whether anything had to be built.

    Raises:
        BundleError: Something that it is built from is missing.
    """
    missing = [n for n in (*CORE_FILES, STDLIB) if not (PYODIDE / n).is_file()]
    if missing:
        raise BundleError(f"{PYODIDE / missing[0]} is missing: run `npm ci`")
    wheels, own = find_wheels(), own_sources()
    check_examples(EXAMPLES, wheels)
    inputs = hash_inputs(wheels, own)
    if is_fresh(output, inputs):
        return False

    staged: dict[str, dict[str, bytes]] = {}
    for name, wheel in wheels.items():
        staged |= archives.stage_wheel(wheel, name)
    staged["runnable"] = archives.stage_sources(own)
    later = {
        name: archives.find_packages(staged[archives.later(name)])
        for name in wheels
        if archives.later(name) in staged
    }
    library = archives.stage_stdlib(PYODIDE / STDLIB, later)
    staged |= {f"stdlib_{part}": files for part, files in library.items()}
    compiled = archives.compile_all(staged, cache, ROOT, PYODIDE)

    lock = make_lock(wheels, inputs)
    files: dict[str, bytes] = {}
    lock["later"] = {}
    for name, package in lock["packages"].items():
        entries = {name: package}
        if archives.later(name) in staged:
            entries[archives.later(name)] = lock["later"][name] = {}
        for archive, entry in entries.items():
            data = compiled[archive]
            stem = f"{archive}-{package['version']}-{sha256(data)[:12]}"
            entry |= {"file_name": f"{stem}.zip", **describe(data)}
            files[entry["file_name"]] = data
    lock["stdlib"] = {}
    for part in library:
        data = compiled[f"stdlib_{part}"]
        name = f"stdlib_{part}-{sha256(data)[:12]}.zip"
        lock["stdlib"][part] = {"file_name": name, **describe(data)}
        files[name] = data
    more_for = standard_library.load_imported().more_for
    lock["stdlib"]["more"]["for"] = [name for name in more_for if name in wheels]
    core = core_files()
    folder = f"core-{sha256(''.join(map(sha256, core.values())).encode())[:12]}/"
    lock["core"] = {
        "folder": folder,
        "files": {name: describe(data) for name, data in core.items()},
    }
    files |= {folder + name: data for name, data in core.items()}
    # last, so that a build that was cut short is not taken for a whole one
    files["lock.json"] = json.dumps(lock, indent=1, sort_keys=True).encode() + b"\n"
    write_folder(output, files)
    return True


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Makes a folder hold these files and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {folder / name for name in files}
    for path in folder.iterdir():
        if path.is_dir() and not any(path in file.parents for file in wanted):
            shutil.rmtree(path)
        elif path.is_file() and path not in wanted:
            path.unlink()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def main() -> None:
    """Builds the runtime from the command line."""
    parser = argparse.ArgumentParser(prog="python -m runnable.runtime.build")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the folder")
    output = parser.parse_args().output
    try:
        built = build(output)
    except (BundleError, ExampleError, archives.CompileError) as error:
        sys.exit(f"error: {error}")
    if built:
        size = sum(listed_files(json.loads((output / "lock.json").read_text())).values())
        print(f"==> the browser's runtime: {size / 1e6:.1f} MB in {output}")


if __name__ == "__main__":
    main()
