"""Markdown fences that become tables of what the servers can do, as the tests measured it.

A fence `capabilities { … }` includes `docs/data/capabilities.json`, which the tests write, and
says what of it to show:

- `interface="WSGI"`: the capabilities of an interface's servers, a column each;
- `server="gunicorn gunicorn-gevent"`: those of some servers, with the notes;
- `group="connection"`: a section a capability, with all that is known of it.

The first two link to the sections, which stand on the page that `page="…"` names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateError
from markupsafe import Markup, escape
from pymdownx.superfences import SuperFencesException

from runnable.catalogue.capabilities import CapabilityEntry, Cell, Matrix
from runnable.site.references import label

OPTIONS = ("interface", "server", "group", "page")
VALUES = ("yes", "partly", "no")
SOURCE = "docs/data/capabilities.json"

type Alike = tuple[Cell, list[str]]  # a cell, and the servers that have the same
type Row = tuple[str, str, dict[str, Cell], list[Alike]]  # key, title, cells by server, notes


def validate(
    language: str,
    inputs: dict[str, str],
    options: dict[str, Any],
    attrs: dict[str, Any],
    md: Any,
) -> bool:
    """Keep the fence's options.

    Args:
        language: The fence's language.
        inputs: What its header states.
        options: Filled with what the formatter is to know.
        attrs: Left empty.
        md: The Markdown instance.

    Returns:
        True: what is wrong is an error, and never another fence.

    Raises:
        SuperFencesException: If an option is unknown, or it is unclear what to show.
    """
    for key in inputs:
        if key not in OPTIONS:
            raise SuperFencesException(
                f"capabilities: unknown option {key!r}; known: {', '.join(OPTIONS)}"
            )
    if len(inputs.keys() - {"page"}) != 1:
        raise SuperFencesException("capabilities: state one of interface, server, group")
    options.update(inputs)
    return True


def formatter(repository: str) -> Callable[..., str]:
    """Make the formatter of the fences.

    Args:
        repository: The address of the repository that has the tests.
    """

    def render(
        source: str, language: str, css_class: str, options: dict[str, str], md: Any, **kwargs: Any
    ) -> str:
        try:
            return _show(json.loads(source), options, repository)
        except (json.JSONDecodeError, AttributeError, KeyError, TypeError, TemplateError) as error:
            raise SuperFencesException(
                f'capabilities: the fence\'s body must be --8<-- "{SOURCE}", as `make capabilities`'
                f" wrote it: {error!r}"
            ) from None

    return render


def _show(matrix: Matrix, options: dict[str, str], repository: str) -> str:
    """Make the HTML that a fence's options ask for.

    Raises:
        SuperFencesException: If there is no such interface, server or group.
    """
    servers, capabilities = matrix["servers"], matrix["capabilities"]
    if "group" in options:
        _known(options["group"], {entry["group"] for entry in capabilities.values()})
        sections = [
            (key, entry, _outcomes(entry["cells"]))
            for key, entry in capabilities.items()
            if entry["group"] == options["group"]
        ]
        return _render("capability_sections.html", sections=sections, repository=repository)
    if "interface" in options:
        _known(options["interface"], {entry["interface"] for entry in servers.values()})
        names = [n for n, entry in servers.items() if entry["interface"] == options["interface"]]
    else:
        names = options["server"].split()
        for name in names:
            _known(name, servers)
    rows = {group: _rows(capabilities, group, names) for group in matrix["groups"]}
    day = date.fromisoformat(matrix["date"])
    return _render(
        "capabilities_table.html",
        names=names,
        with_notes="server" in options,
        page=options.get("page", ""),
        groups=[(title, rows[group]) for group, title in matrix["groups"].items() if rows[group]],
        day=f"{day.day} {day:%B %Y}",
        python=matrix["python"],
        versions=_versions(matrix, names),
    )


def _render(template: str, **values: object) -> str:
    """Fill in a template."""
    return TEMPLATES.get_template(template).render(values).strip()


def _known(name: str, names: Iterable[str]) -> None:
    """Refuse a name that is not among those that there are."""
    if name not in names:
        raise SuperFencesException(
            f"capabilities: {SOURCE} has no {name!r}; known: {', '.join(sorted(names))}"
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


def _versions(matrix: Matrix, names: list[str]) -> dict[str, str]:
    """Give the versions of what some servers consist of, beside Python's."""
    versions = {
        package: version
        for name in names
        for package, version in matrix["servers"][name]["versions"].items()
        if package != "Python"
    }
    return versions | ({"Apache": matrix["apache"]} if "mod_wsgi" in names else {})


def _code(markdown: str) -> Markup:
    """Make HTML of a text that may have `code` in it."""
    return Markup(re.sub(r"`(.+?)`", r"<code>\1</code>", escape(markdown)))


TEMPLATES = Environment(
    loader=PackageLoader("runnable.site"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
TEMPLATES.filters |= {"code": _code, "label": label}
