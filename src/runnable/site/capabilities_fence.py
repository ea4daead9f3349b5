"""Markdown fences that become tables of what the servers can do, as the tests measured it.

A fence `capabilities { … }` includes `docs/data/capabilities.json`, which the tests write, and
says what of it to show:

- `server="gunicorn gunicorn-gevent"`: what some servers can do, with the notes; `page="…"` has
  the groups, to which it links;
- `group="connection"`: a table of all servers, with all that is known of each capability;
- `few="gunicorn uvicorn"`: the choice of what these tables show: at first, on a phone, the
  servers named; `data="…"` is where the data are to download.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from jinja2 import TemplateError
from pymdownx.superfences import SuperFencesException

from runnable.catalogue.capabilities import CAPABILITIES, CapabilityEntry, Cell, Matrix
from runnable.site.fences import failing_the_build, keeping_options
from runnable.site.filling import day_of, fill

# What a fence shows, and what goes with it.
OPTIONS = {"server": "page", "group": "", "few": "data"}
VALUES = ("yes", "partly", "no")

type Alike = tuple[Cell, list[str]]  # a cell, and the servers that have the same
type Row = tuple[str, str, dict[str, Cell], list[Alike]]  # key, title, cells by server, notes


@keeping_options
def validate(inputs: dict[str, str]) -> None:
    """Refuse unknown options, and a fence that does not say what to show."""
    shown = [key for key in OPTIONS if key in inputs]
    if len(shown) != 1:
        raise SuperFencesException(f"capabilities: state one of {', '.join(OPTIONS)}")
    for key in inputs.keys() - {shown[0], OPTIONS[shown[0]]}:
        raise SuperFencesException(f"capabilities: {shown[0]} takes no option {key!r}")


def formatter(repository: str) -> Callable[..., str]:
    """Make the formatter of the fences.

    Args:
        repository: The address of the repository that has the tests.
    """

    @failing_the_build
    def render(
        source: str, language: str, css_class: str, options: dict[str, str], md: Any, **kwargs: Any
    ) -> str:
        try:
            return _show(json.loads(source), options, repository)
        except (json.JSONDecodeError, AttributeError, KeyError, TypeError, TemplateError) as error:
            raise SuperFencesException(
                f'capabilities: the fence\'s body must be --8<-- "{CAPABILITIES}", as'
                f" `make capabilities` wrote it: {error!r}"
            ) from None

    return render


def _show(matrix: Matrix, options: dict[str, str], repository: str) -> str:
    """Make the HTML that a fence's options ask for."""
    if "server" in options:
        return _servers(matrix, options["server"].split(), options.get("page", ""))
    if "group" in options:
        return _group(matrix, options["group"], repository)
    return _choice(matrix, options["few"].split(), options.get("data", "."))


def _servers(matrix: Matrix, names: list[str], page: str) -> str:
    for name in names:
        _known(name, matrix["servers"])
    rows = {group: _rows(matrix["capabilities"], group, names) for group in matrix["groups"]}
    return fill(
        "capabilities_table.html",
        names=names,
        page=page,
        groups=[(title, rows[group]) for group, title in matrix["groups"].items() if rows[group]],
        **_measured(matrix, names),
    )


def _group(matrix: Matrix, group: str, repository: str) -> str:
    _known(group, {entry["group"] for entry in matrix["capabilities"].values()})
    sections = [
        (key, entry, _outcomes(entry["cells"]))
        for key, entry in matrix["capabilities"].items()
        if entry["group"] == group
    ]
    asked = {name for _, entry, _ in sections for name in entry["cells"]}
    names = [name for name in _by_interface(matrix) if name in asked]
    return fill(
        "capabilities_group.html",
        title=matrix["groups"][group],
        names=names,
        sections=sections,
        repository=repository,
    )


def _choice(matrix: Matrix, few: list[str], data: str) -> str:
    for name in few:
        _known(name, matrix["servers"])
    names = _by_interface(matrix)
    interfaces: dict[str, list[str]] = {}
    for name in names:
        interfaces.setdefault(matrix["servers"][name]["interface"], []).append(name)
    return fill(
        "capabilities_choice.html",
        interfaces=interfaces,
        few=few,
        data=data,
        **_measured(matrix, names),
    )


def _by_interface(matrix: Matrix) -> list[str]:
    """Give the names of all servers, those of an interface together."""
    interfaces = list(dict.fromkeys(entry["interface"] for entry in matrix["servers"].values()))
    servers = matrix["servers"]
    return sorted(servers, key=lambda name: interfaces.index(servers[name]["interface"]))


def _known(name: str, names: Iterable[str]) -> None:
    """Refuse a name that is not among those that there are."""
    if name not in names:
        raise SuperFencesException(
            f"capabilities: {CAPABILITIES} has no {name!r}; known: {', '.join(sorted(names))}"
        )


def _rows(capabilities: dict[str, CapabilityEntry], group: str, names: list[str]) -> list[Row]:
    """Give the capabilities of a group that some of the servers were asked for."""
    rows = []
    for key, entry in capabilities.items():
        cells = {name: entry["cells"][name] for name in names if name in entry["cells"]}
        if cells and entry["group"] == group:
            notes = _alike(cells, "note", "reference", "defect")
            rows.append((key, entry["title"], cells, notes))
    return rows


def _outcomes(cells: dict[str, Cell]) -> list[Alike]:
    """Give each outcome, with the servers that had it: yes comes first."""
    outcomes = _alike(cells, "value", "evidence", "note", "reference", "defect")
    return sorted(outcomes, key=lambda outcome: VALUES.index(outcome[0]["value"]))


def _alike(cells: dict[str, Cell], *fields: str) -> list[Alike]:
    """Group the servers whose cells have the same in some fields."""
    groups: dict[object, Alike] = {}
    for name, cell in cells.items():
        groups.setdefault(itemgetter(*fields)(cell), (cell, []))[1].append(name)
    return [*groups.values()]


def _measured(matrix: Matrix, names: list[str]) -> dict[str, object]:
    """Give when some servers were measured, and the versions of what they consist of."""
    versions = {
        package: version
        for name in names
        for package, version in matrix["servers"][name]["versions"].items()
        if package != "Python"
    }
    if "mod_wsgi" in names:
        versions["Apache"] = matrix["apache"]
    return {
        "day": day_of(matrix["date"]),
        "python": matrix["python"],
        "versions": versions,
    }
