"""The shape of docs/data/capabilities.json: what each server can do, as the tests measured it.

The tests write the file (`make capabilities`), the site makes tables of it.
"""

import json
from pathlib import Path
from typing import Literal, TypedDict

# Found from where the site is built.
CAPABILITIES = Path("docs/data/capabilities.json")

type Value = Literal["yes", "partly", "no"]


class Cell(TypedDict):
    """What one server does of one capability."""

    value: Value
    note: str  # why not, or how; may have `code` in it
    reference: str  # the address of what says so, or empty
    defect: bool  # whether it is a known defect
    evidence: str  # what was seen


class CapabilityEntry(TypedDict):
    """A capability."""

    group: str  # a key of the matrix's groups
    title: str
    question: str  # what is asked, in a line
    authority: dict[str, str]  # what the answer rests on: titles and addresses
    interface: list[str]  # whose servers are asked
    test: str  # what measures it: path::function
    cells: dict[str, Cell]  # by server


class ServerEntry(TypedDict):
    """A server that was measured, and the versions of what it consists of."""

    interface: str
    versions: dict[str, str]


class Matrix(TypedDict):
    """The whole file."""

    date: str  # of the last measurement, as in ISO 8601
    python: str
    apache: str
    groups: dict[str, str]  # the title of each
    servers: dict[str, ServerEntry]
    capabilities: dict[str, CapabilityEntry]


def load_capabilities() -> Matrix:
    """Read the file."""
    matrix: Matrix = json.loads(CAPABILITIES.read_text("utf-8"))
    return matrix
