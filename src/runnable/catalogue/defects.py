"""The known defects of servers and frameworks, as `examples/defects.toml` describes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pathspec import GitIgnoreSpec

from runnable.catalogue.examples import Example, ExampleError
from runnable.catalogue.servers import ServerSpec
from runnable.catalogue.toml_tables import Table, parse_toml


@dataclass(frozen=True)
class Defect:
    """What a server or a framework does wrong.

    Attributes:
        id: Its name, the table's.
        servers: Whose defect it is; without any, it is the examples' own.
        examples: Patterns (.gitignore's) of the examples that meet it.
        reason: What it is, in Markdown.
        reference: The address of what says so: an issue, or a specification's section.
        symptom: A pattern; each complaint of a run that meets it begins with a match.
    """

    id: str
    servers: tuple[str, ...]
    examples: tuple[str, ...]
    reason: str
    reference: str
    symptom: re.Pattern[str]

    def concerns(self, example: Example, server: ServerSpec | None) -> bool:
        """Say whether an example meets it on a server or, without one, under a validator."""
        whose = server.name in self.servers if server else not self.servers
        return whose and self._patterns.match_file(example.name)

    @cached_property
    def _patterns(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.examples)


def load_defects(path: Path) -> dict[str, Defect]:
    """Read a `defects.toml`.

    Raises:
        ExampleError: In one line, the file, the defect, and what to change.
    """
    if not path.is_file():
        raise ExampleError(f"{path}: missing; describe the known defects there")
    top = Table(parse_toml(path.read_text("utf-8"), str(path)), str(path))
    return {id_: _defect(id_, top.table(id_)) for id_ in top.values}


def find_defect(
    defects: Iterable[Defect], example: Example, server: ServerSpec | None = None
) -> Defect | None:
    """Give the first defect that an example meets on a server, or under a validator."""
    return next((defect for defect in defects if defect.concerns(example, server)), None)


def _defect(id_: str, table: Table) -> Defect:
    try:
        symptom = re.compile(table.get("symptom", str, ""), re.DOTALL)
    except re.PatternError as error:
        raise table.error(f"symptom must be a regular expression: {error}") from None
    defect = Defect(
        id=id_,
        servers=table.texts("servers"),
        examples=table.texts("examples"),
        reason=table.get("reason", str),
        reference=table.get("reference", str),
        symptom=symptom,
    )
    table.end()
    if defect.examples and not symptom.pattern:
        raise table.error("symptom is missing: say how the examples fail")
    if not defect.examples and not defect.servers:
        raise table.error("servers and examples are missing; state whom it concerns")
    return defect
