"""Reading TOML tables by type, with errors that name the place and what to change.

Why not a library: msgspec's errors name neither the table nor the keys that there are (``Object
contains unknown field `browsr` - at `$[...]` ``), pydantic's take four lines and an address; either
would need a layer that words them anew, as long as this file.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, overload

from packaging.requirements import InvalidRequirement, Requirement

NAMES = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}
REQUIRED: Any = object()


class ExampleError(ValueError):
    """An example, its contract or its server is described wrongly.

    The message is one line: the file, the place in it, and what to change.
    """


def parse_toml(text: str, file: str, first_line: int = 1) -> dict[str, Any]:
    """Parse TOML.

    Args:
        text: The TOML.
        file: The file that it stands in, for the message.
        first_line: The line in the file at which it starts.

    Raises:
        ExampleError: Where it is not TOML, with the line in the file.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Python 3.14 has the line as an attribute; before, only the message does.
        reason, _, place = str(error).partition(" (at ")
        found = re.match(r"line (\d+)", place)
        line = int(found[1]) if found else text.count("\n") + 1
        raise ExampleError(f"{file}:{first_line + line - 1}: not TOML: {reason}") from None


class Table:
    """A TOML table that is read key by key; `end` refuses keys nobody asked for."""

    def __init__(self, values: dict[str, Any], where: str) -> None:
        self.values = values
        self.where = where
        self._asked: list[str] = []

    def error(self, text: str) -> ExampleError:
        """Make (not raise) the error that says `text` of this table."""
        return ExampleError(f"{self.where}: {text}")

    @overload
    def get[T](self, key: str, kind: type[T]) -> T: ...
    @overload
    def get[T, D](self, key: str, kind: type[T], default: D) -> T | D: ...
    def get(self, key: str, kind: type, default: Any = REQUIRED) -> Any:
        """Give a value of one type; without a default, the key must be there."""
        self._asked.append(key)
        if key not in self.values:
            if default is REQUIRED:
                raise self.error(f"{key} is missing; add it")
            return default
        value = self.values[key]
        # type() rather than isinstance: True is no whole number here.
        if type(value) is int and kind is float:
            value = float(value)
        if type(value) is not kind:
            raise self.error(f"{key} must be {NAMES[kind]}, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts, empty where the key is not there."""
        values = self.get(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"{key} must be a list of texts, not {values!r}")
        return tuple(values)

    def requirements(self, key: str) -> tuple[str, ...]:
        """Give a list of requirements (PEP 508), empty where the key is not there."""
        entries = self.texts(key)
        for entry in entries:
            try:
                Requirement(entry)
            except InvalidRequirement as error:
                reason = str(error).partition("\n")[0]  # the rest draws where
                raise self.error(
                    f"{key}: {entry!r} is not a requirement (PEP 508): {reason}"
                ) from None
        return entries

    def mapping[T](self, key: str, kind: type[T]) -> dict[str, T]:
        """Give a table whose values are all of one type, empty where not there."""
        inner = Table(self.get(key, dict, {}), f"{self.where}: {key}")
        return {name: inner.get(name, kind) for name in inner.values}

    def table(self, key: str) -> Table:
        """Give the table under a key, which must be there."""
        return Table(self.get(key, dict), f"{self.where}: {key}")

    def tables(self, key: str, *, named: bool = False) -> list[Table]:
        """Give the tables under a key, each called by its `name` or number in errors."""
        tables = []
        for number, values in enumerate(self.get(key, list, []), start=1):
            if not isinstance(values, dict):
                raise self.error(f"{key} must be a list of tables, not {values!r}")
            label = repr(values["name"]) if named and "name" in values else number
            tables.append(Table(values, f"{self.where}: {key} {label}"))
        return tables

    def end(self, *also: str) -> None:
        """Refuse every key that was not asked for, nor is in `also`."""
        known = sorted({*self._asked, *also})
        for key in self.values:
            if key not in known:
                raise self.error(f"unknown key {key!r}; known: {', '.join(known)}")
