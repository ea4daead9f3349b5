"""Markdown fences that become tables of what the servers can do, as the tests measured it.

A fence `capabilities { … }` includes `docs/data/capabilities.json`, which the tests write, and
says what of it to show:

- `interface="WSGI"`: the capabilities of an interface's servers, a column each;
- `server="gunicorn gunicorn-gevent"`: those of some servers, with the notes;
- `group="connection"`: a section a capability, with all that is known of it.

The first two link to the sections, which stand on the page that `page="…"` names.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from pymdownx.superfences import SuperFencesException

from runnable.catalogue.capabilities import CapabilityEntry, Cell, Matrix
from runnable.site.references import label

OPTIONS = ("interface", "server", "group", "page")
VALUES = ("yes", "partly", "no")
SOURCE = "docs/data/capabilities.json"


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
        except (json.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
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
    page = options.get("page", "")
    if "group" in options:
        _known(options["group"], {entry["group"] for entry in matrix["capabilities"].values()})
        chosen = _of_group(matrix, options["group"])
        return "\n".join(_section(key, entry, repository) for key, entry in chosen.items())
    servers = matrix["servers"]
    if "interface" in options:
        _known(options["interface"], {entry["interface"] for entry in servers.values()})
        names = [n for n, entry in servers.items() if entry["interface"] == options["interface"]]
        return _table(matrix, names, page, notes=False)
    names = options["server"].split()
    for name in names:
        _known(name, servers)
    return _table(matrix, names, page, notes=True)


def _known(name: str, names: Iterable[str]) -> None:
    """Refuse a name that is not among those that there are."""
    if name not in names:
        raise SuperFencesException(
            f"capabilities: {SOURCE} has no {name!r}; known: {', '.join(sorted(names))}"
        )


def _of_group(matrix: Matrix, group: str) -> dict[str, CapabilityEntry]:
    """Give the capabilities of a group."""
    return {key: entry for key, entry in matrix["capabilities"].items() if entry["group"] == group}


def _table(matrix: Matrix, names: list[str], page: str, *, notes: bool) -> str:
    """Make the table of some servers: a row a capability, a column a server."""
    heads = "".join(f'<th scope="col"><span>{_text(name)}</span></th>' for name in names)
    width = 1 + len(names) + notes
    rows = []
    for group, title in matrix["groups"].items():
        chosen = {
            key: entry
            for key, entry in _of_group(matrix, group).items()
            if any(name in entry["cells"] for name in names)
        }
        if chosen:
            rows.append(f'<tr><th scope="rowgroup" colspan="{width}">{_text(title)}</th></tr>')
        rows += [_row(key, entry, names, page, notes=notes) for key, entry in chosen.items()]
    kind = "capabilities-many" if len(names) > 1 else "capabilities-one"
    return (
        f'<div class="capabilities {kind}" role="region" tabindex="0" aria-label="Capabilities">'
        '<table class="capabilities-table"><thead><tr><th scope="col">Capability</th>'
        f"{heads}"
        f"{'<th scope="col">Note</th>' if notes else ''}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>\n{_measured(matrix, names)}"
    )


def _row(key: str, entry: CapabilityEntry, names: list[str], page: str, *, notes: bool) -> str:
    """Make the row of a capability."""
    cells = [entry["cells"].get(name) for name in names]
    values = "".join(
        f"<td>{_word(cell, f'{page}#{key}-{name}')}</td>" if cell else "<td>–</td>"
        for name, cell in zip(names, cells, strict=True)
    )
    note = f'<td class="capability-note">{_notes_of(entry, names)}</td>' if notes else ""
    title = f'<a href="{page}#{key}">{_text(entry["title"])}</a>'
    return f'<tr><th scope="row">{title}</th>{values}{note}</tr>'


def _word(cell: Cell, link: str) -> str:
    """Make the word of a cell, in its colour, leading to what says so."""
    title = html.escape(cell["note"].replace("`", "") or cell["evidence"])
    name = f"capability-{cell['value']}"
    return f'<a class="{name}" href="{link}" title="{title}">{cell["value"]}</a>'


def _notes_of(entry: CapabilityEntry, names: list[str]) -> str:
    """Make the notes of some servers on a capability, each once."""
    having: dict[str, list[str]] = {}
    for name in names:
        if name in entry["cells"]:
            having.setdefault(_remark(entry["cells"][name]), []).append(name)
    return "<br>".join(
        note if len(names) == 1 else f"{_text(', '.join(some))}: {note}"
        for note, some in having.items()
        if note
    )


def _remark(cell: Cell) -> str:
    """Make the note of a cell, with where it comes from."""
    note = _text(cell["note"])
    if cell["reference"]:
        link = html.escape(cell["reference"])
        note += f' (<a href="{link}">{html.escape(label(cell["reference"]))}</a>)'
    return f"Known defect: {note}" if cell["defect"] else note


def _section(key: str, entry: CapabilityEntry, repository: str) -> str:
    """Make the section of a capability: what is asked, by what right, and what was seen."""
    authority = ", ".join(
        f'<a href="{html.escape(link)}">{html.escape(title)}</a>'
        for title, link in entry["authority"].items()
    )
    path, _, function = entry["test"].partition("::")
    test = f'<a href="{html.escape(repository)}/blob/main/{path}"><code>{function}</code></a>'
    return (
        f'<section class="capability"><h3 id="{key}">{_text(entry["title"])}'
        f'<a class="headerlink" href="#{key}" title="Permanent link">¶</a></h3>\n'
        f"<p>{_text(entry['question'])} {'Authority: ' + authority + '. ' if authority else ''}"
        f"Test: {test}.</p>\n<ul>{''.join(_outcomes(key, entry))}</ul></section>"
    )


def _outcomes(key: str, entry: CapabilityEntry) -> Iterator[str]:
    """Make a list item of each outcome, with the servers that had it: yes comes first."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for name, cell in entry["cells"].items():
        alike.setdefault((cell["value"], cell["evidence"], _remark(cell)), []).append(name)
    for word in VALUES:
        for (value, evidence, note), names in alike.items():
            if value == word:
                servers = ", ".join(f'<span id="{key}-{name}">{name}</span>' for name in names)
                seen = f"Seen: {_text(evidence)}.{f'<br>{note}' if note else ''}"
                yield (
                    f'<li><strong class="capability-{word}">{word}</strong>: {servers}'
                    f"<p>{seen}</p></li>"
                )


def _measured(matrix: Matrix, names: list[str]) -> str:
    """Say when and on what some servers were measured."""
    versions = {
        package: version
        for name in names
        for package, version in matrix["servers"][name]["versions"].items()
        if package != "Python"
    }
    if "mod_wsgi" in names:
        versions["Apache"] = matrix["apache"]
    day = date.fromisoformat(matrix["date"])
    on = ", ".join(f"{name} {number}" for name, number in versions.items())
    return (
        f'<p class="capabilities-measured">Measured on {day.day} {day:%B %Y}, Python'
        f" {matrix['python']}{': ' if on else ''}{html.escape(on)}.</p>"
    )


def _text(markdown: str) -> str:
    """Make HTML of a text that may have `code` in it."""
    return re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(markdown))
