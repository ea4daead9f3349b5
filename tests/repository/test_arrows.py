"""The packages of `runnable` import one another in one direction only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.paths import ROOT

PACKAGE = ROOT / "src" / "runnable"
# Which others a package may import. What runs in the browser is alone there.
ALLOWED = {
    "catalogue": set(),
    "site": {"catalogue"},
    "runtime": {"catalogue"},
    "harness": {"catalogue"},
    "inmemory": set(),
}


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, by their full names."""
    package = path.relative_to(ROOT / "src").parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def test_every_package_has_its_rule() -> None:
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == ALLOWED.keys()


@pytest.mark.parametrize("package", ALLOWED)
def test_package_imports_only_what_it_may(package: str) -> None:
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in PACKAGE.glob(f"{package}/**/*.py")
        for name in imported(path)
        if name.startswith("runnable.") and name.split(".")[1] not in {package, *ALLOWED[package]}
    }
    assert not wrong
