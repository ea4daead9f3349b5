"""What fences and directives make of data and of modules, as plain Markdown."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from inspect import cleandoc
from io import StringIO
from pathlib import Path

from runnable.catalogue.capabilities import CapabilityEntry, Cell, load_capabilities
from runnable.site.figure_fence import grid, load_figure
from runnable.site.race_fence import read_racers, read_recorded, result_rows

SOURCES = Path("src")

Described = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def capabilities_as_markdown(option: str, value: str) -> str:
    """Write what `runnable.site.capabilities_fence` shows for one of its options.

    Args:
        option: One of server, group, few.
        value: The servers' names, or the group.
    """
    matrix = load_capabilities()
    entries = matrix["capabilities"].values()
    measured = f"Measured on {matrix['date']}."
    if option == "few":
        data = "/data/capabilities"
        return f"{measured} All data: [JSON]({data}.json), [CSV]({data}.csv)."
    if option == "group":
        chosen = [entry for entry in entries if entry["group"] == value]
        return "\n\n".join("\n".join(_section(entry)) for entry in chosen)
    names = value.split()
    rows = [["Capability", *names], ["---"] * (len(names) + 1)]
    for entry in entries:
        cells = [entry["cells"].get(name) for name in names]
        if any(cells):
            rows.append([entry["title"], *(_cell(cell) for cell in cells)])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{table}\n\n{measured}"


def figure_as_markdown(name: str, source: str) -> str:
    """Write what a figure shows as a table; `source` is what was measured."""
    figure = load_figure(name, source)
    if not figure.marks:
        return f"The run of {figure.date} has not measured this."
    head, *rows = grid(figure.marks)
    lines = [head, ["---"] * len(head), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    what = f"{figure.axis.capitalize()}; the median, and the least and the most"
    return f"*Figure: {figure.title}* {what}, measured on {figure.date}.\n\n{table}"


def capabilities_as_csv() -> str:
    """Write all that was measured, a cell a line, below a head (RFC 4180)."""
    matrix = load_capabilities()
    lines = [
        {
            "capability": key,
            "group": entry["group"],
            "title": entry["title"],
            "server": name,
            "interface": matrix["servers"][name]["interface"],
            **cell,
            "test": entry["test"],
        }
        for key, entry in matrix["capabilities"].items()
        for name, cell in entry["cells"].items()
    ]
    text = StringIO()
    writer = csv.DictWriter(text, lines[0])
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def race_as_markdown(body: str, request: str, recorded: str | None) -> str:
    """Write what `runnable.site.race_fence` shows where no script runs.

    Args:
        body: What the fence holds.
        request: Its option.
        recorded: Its other option.
    """
    racers = read_racers(body, request)
    sent = f"`{racers[0].request.method} {racers[0].request.path}`"
    lines = [f"A race, on the page itself: each of these gets {sent} many times at once.", ""]
    lines += [f"- {racer.title} (`{racer.example.name}`): {racer.summary}" for racer in racers]
    if race := read_recorded(recorded):
        head = ("Recorded", "Answers", "Total", "Longest wait", "Requests a second")
        rows = [head, ("---",) * len(head), *((title, *row) for title, row in result_rows(race))]
        lines += ["", f"Recorded on a real server, `{race.command}`, on {race.date}:", ""]
        lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _cell(cell: Cell | None) -> str:
    if not cell:
        return "–"
    note = f": {cell['note']}" if cell["note"] else ""
    return f"{cell['value']}{note}".replace("|", r"\|")


def _section(entry: CapabilityEntry) -> Iterator[str]:
    """Write the lines of a capability: what is asked, and what was seen on which servers."""
    yield f"### {entry['title']}\n\n{entry['question']}\n"
    alike: dict[tuple[str, str, str], list[str]] = {}
    for name, cell in entry["cells"].items():
        alike.setdefault((cell["value"], cell["evidence"], cell["note"]), []).append(name)
    for (value, evidence, note), names in alike.items():
        yield f"- **{value}**: {', '.join(names)}. Seen: {evidence}.{f' {note}' if note else ''}"


def module_as_markdown(name: str) -> str:
    """Write a module's docstring, and those of its public classes and functions.

    Args:
        name: The module's name; of a package, its modules follow.
    """
    path = SOURCES / name.replace(".", "/")
    package = path.is_dir()
    module = ast.parse((path / "__init__.py" if package else path.with_suffix(".py")).read_text())
    parts = [f"## `{name}`", ast.get_docstring(module) or ""]
    for node in module.body:
        if isinstance(node, Described) and not node.name.startswith("_"):
            parts += _described(node)
    inner = sorted(path.glob("[!_]*.py")) if package else []
    parts += [module_as_markdown(f"{name}.{file.stem}") for file in inner]
    return "\n\n".join(filter(None, parts))


def _described(node: Described) -> list[str]:
    """Write a class or function; its docstring is text as it stands, with its own indentation."""
    title = (
        node.name if isinstance(node, ast.ClassDef) else f"{node.name}({ast.unparse(node.args)})"
    )
    docstring = cleandoc(ast.get_docstring(node) or "")
    return [f"### `{title}`", f"```text\n{docstring}\n```" if docstring else ""]
