"""What is peculiar to a package in the browser, as `examples/packages.toml` describes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from runnable.catalogue.examples import ExampleError
from runnable.catalogue.toml_tables import Table, parse_toml


@dataclass(frozen=True)
class Package:
    """What is peculiar to a package.

    Attributes:
        leave_out: The files of its wheel that the browser does not get.
        as_source: Those that the browser gets as source, not compiled.
        later: Those that the browser gets where a program imports one of their modules.
    """

    leave_out: GitIgnoreSpec
    as_source: GitIgnoreSpec
    later: GitIgnoreSpec


def load_packages(path: Path) -> dict[str, Package]:
    """Read a `packages.toml`, by distribution; `*` is every wheel, `stdlib` is no wheel.

    Raises:
        ExampleError: In one line, the file, the package, and what to change.
    """
    if not path.is_file():
        raise ExampleError(f"{path}: missing; describe what is peculiar to packages there")
    top = Table(parse_toml(path.read_text("utf-8"), str(path)), str(path))
    return {name: _package(top.table(name)) for name in top.values}


def _package(table: Table) -> Package:
    package = Package(
        leave_out=GitIgnoreSpec.from_lines(table.texts("leave_out")),
        as_source=GitIgnoreSpec.from_lines(table.texts("as_source")),
        later=GitIgnoreSpec.from_lines(table.texts("later")),
    )
    table.end()
    return package
