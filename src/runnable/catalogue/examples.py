"""The examples: finds them, reads their header (PEP 723) and their contract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from runnable.catalogue.contract import (
    Contract,
    ExpectedResponse,
    Mistake,
    Request,
    WebSocketExchange,
    check,
    check_log,
    check_overlap,
)
from runnable.catalogue.contract_file import load_contract
from runnable.catalogue.toml_tables import ExampleError, Table, parse_toml

__all__ = [
    "Contract",
    "Example",
    "ExampleError",
    "ExpectedResponse",
    "Mistake",
    "Request",
    "WebSocketExchange",
    "check",
    "check_log",
    "check_overlap",
    "find_examples",
    "load_example",
    "package_names",
]

# A block of PEP 723: from its first line to the last `# ///` of the comment.
BLOCK = re.compile(r"^# /// script\n((?:#(?: .*)?\n)+)# ///$", re.MULTILINE)
NO_HEADER = (
    "no script header; start the file with '# /// script', "
    "'# dependencies = [...]', '# ///' (PEP 723)"
)


@dataclass(frozen=True)
class Example:
    """An example: one file that is shown, copied, run and tested.

    Attributes:
        path: The file.
        source: Its text.
        name: Its path below the examples' folder, such as "hello/flask_app.py".
        module: The name to import it by, in its own folder.
        app: The name of the application object in it.
        server: The server that runs it, a table in `servers.toml`.
        dependencies: What its header requires, as PEP 508 writes it.
        threads: Whether it needs threads, which a browser has not.
        contract: What it answers.
    """

    path: Path
    source: str
    name: str
    module: str
    app: str
    server: str
    dependencies: tuple[str, ...]
    threads: bool
    contract: Contract

    @property
    def mistake(self) -> Mistake | None:
        """What it does wrong on purpose, if anything."""
        return self.contract.mistakes.get(self.module)

    def place(self, text: str) -> str:
        """Give the file, and the line where a text stands first in it, for an error."""
        before, found, _ = self.source.partition(text)
        return f"{self.path}:{before.count('\n') + 1}" if found else str(self.path)


def find_examples(root: Path) -> list[Example]:
    """Load every example below a folder, sorted by name.

    Args:
        root: The examples' folder, `<root>/<topic>/<name>_app.py`.

    Raises:
        ExampleError: If one is described wrongly, or there are none.
    """
    paths = sorted(root.glob("*/*.py"))
    if not paths:
        raise ExampleError(f"{root}: no examples; they are files <topic>/<name>_app.py")
    return [load_example(path) for path in paths]


def load_example(path: Path) -> Example:
    """Load one example: the file, its header, the contract of its folder.

    Raises:
        ExampleError: In one line, the file, what is wrong in it, and what to change.
    """
    if not path.is_file():
        raise ExampleError(f"{path}: no such example; check its folder and name")
    # A package `flask` would be hidden by a file flask.py beside the application.
    if not re.fullmatch(r"[a-z][a-z0-9_]*_app\.py", path.name):
        raise ExampleError(f"{path}: rename it to <name>_app.py, in small letters")
    source = path.read_text("utf-8")
    header, line = _header(source, path)
    table = Table(header, f"{path}:{line}")
    dependencies = table.requirements("dependencies")
    table.get("requires-python", str, "")
    tool = table.table("tool")
    table.end()
    runnable = tool.table("runnable")
    server, app = runnable.get("server", str), runnable.get("app", str, "app")
    threads = runnable.get("threads", bool, False)
    runnable.end()
    return Example(
        path=path,
        source=source,
        name=f"{path.parent.name}/{path.name}",
        module=path.stem,
        app=app,
        server=server,
        dependencies=dependencies,
        threads=threads,
        contract=load_contract(path.with_name("requests.toml")).of(path.stem),
    )


def package_names(dependencies: Sequence[str]) -> list[str]:
    """Give the normalized names of requirements, without versions and extras."""
    return [canonicalize_name(Requirement(entry).name) for entry in dependencies]


def _header(source: str, path: Path) -> tuple[dict[str, object], int]:
    """Parse the `script` block; give its values and its first line's number."""
    blocks = list(BLOCK.finditer(source))
    if not blocks:
        raise ExampleError(f"{path}: {NO_HEADER}")
    if len(blocks) > 1:
        raise ExampleError(f"{path}: {len(blocks)} script headers; keep one")
    line = source.count("\n", 0, blocks[0].start()) + 1
    text = "".join(row[2:] or "\n" for row in blocks[0][1].splitlines(keepends=True))
    return parse_toml(text, str(path), line + 1), line
