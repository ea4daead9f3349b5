"""Parts the standard library: what every example waits for, what some do, and what none does.

`imported.json` says which files the published examples import; `make imports` writes it, by
running them. What it does not name comes last, and only where a program imports it.
"""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

IMPORTED = Path(__file__).with_name("imported.json")
# What is not there from the beginning; the browser's interpreter reads it.
LATE_MODULES = "late_modules.json"
# What readers run first: all that these import is in the first part.
FIRST = (
    "hello/bare_wsgi_app.py",
    "hello/bare_asgi_app.py",
    "hello/flask_app.py",
    "hello/starlette_app.py",
)
# No example imports it: a later part is a zip file, whose names may be written in it.
ALWAYS = frozenset({"encodings/cp437.py"})


class Imported(NamedTuple):
    """What the examples import of the standard library.

    Attributes:
        common: The files that the first of them import, as `name.py`.
        more: The files that others import.
        more_for: The distributions whose examples import some of those.
    """

    common: frozenset[str]
    more: frozenset[str]
    more_for: tuple[str, ...]


def load_imported(path: Path = IMPORTED) -> Imported:
    """Read the list."""
    data = json.loads(path.read_text("utf-8"))
    return Imported(frozenset(data["common"]), frozenset(data["more"]), tuple(data["more_for"]))


Files = dict[str, bytes]


def part(
    files: Files, imported: Imported, prefix: str, later: Mapping[str, list[str]]
) -> dict[str, Files]:
    """Part the library's files, named with a prefix, into `common`, `more` and `rest`.

    The first part has a file that lists what comes late: the modules of the others, and the
    packages in distributions' later archives.
    """
    parts: dict[str, Files] = {"common": {}, "more": {}, "rest": {}}
    for path, data in files.items():
        name = path.removeprefix(prefix)
        wanted = "common" if name in imported.common or not name.endswith(".py") else "rest"
        parts["more" if name in imported.more else wanted][path] = data
    library = {
        name: sorted(module_name(path.removeprefix(prefix)) for path in parts[name])
        for name in ("more", "rest")
    }
    late = {"library": library, "packages": dict(later)}
    parts["common"][prefix + LATE_MODULES] = json.dumps(late, separators=(",", ":")).encode()
    return parts


def module_name(path: str) -> str:
    """The name of the module that is in a file below the library's folder."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def choose(
    runs: Mapping[str, Collection[str]], packages: Mapping[str, Collection[str]]
) -> Imported:
    """Decide by what was seen.

    Args:
        runs: The files that were imported, by example and server.
        packages: The distributions that were there, by the same names.
    """
    first = [files for run, files in runs.items() if run.split()[0] in FIRST]
    common = set(ALWAYS).union(*first)
    needing = {run for run, files in runs.items() if set(files) - common}
    more_for = {name for run in needing for name in packages[run]} - {
        name for run in runs.keys() - needing for name in packages[run]
    }
    # What an example imports itself, no distribution stands for.
    for run in needing:
        if not more_for & set(packages[run]):
            common |= set(runs[run])
    more = {file for files in runs.values() for file in files} - common
    return Imported(frozenset(common), frozenset(more), tuple(sorted(more_for)))
