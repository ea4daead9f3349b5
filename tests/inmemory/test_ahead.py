"""What is imported ahead is what a program imports first, and nothing of it runs."""

import ast
import subprocess
import sys

import pytest
from helpers.catalogue import ALL

from runnable.catalogue.examples import Example
from runnable.inmemory.ahead import head

LOOK = """
import sys
from runnable.inmemory.ahead import import_ahead
import_ahead(sys.argv[1], sys.argv[2])
print("ran" in dir(sys), "json" in sys.modules, "colorsys" in sys.modules)
"""
PROGRAM = '"""A program."""\nimport json\nsys.ran = 1\nimport colorsys\n'


def test_only_the_imports_at_the_head_are_run() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, PROGRAM, ""], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False True False\n"


@pytest.mark.parametrize("source", ["", "x = 1", '"""Only a docstring."""', "app = 1\nimport os"])
def test_a_program_without_imports_at_its_head_imports_nothing(source: str) -> None:
    assert head(source).body == []


def test_a_program_that_is_none_is_refused() -> None:
    with pytest.raises(SyntaxError):
        head("def")


@pytest.mark.parametrize("example", [*ALL.values()], ids=[*ALL])
def test_every_example_begins_with_its_imports(example: Example) -> None:
    later = ast.parse(example.source).body[len(head(example.source).body) + 1 :]
    assert not [ast.unparse(s) for s in later if isinstance(s, ast.Import | ast.ImportFrom)]
