"""Markdown fences that become figures of what was measured, with their tables.

A fence `figure { of="waiting" }` includes `docs/data/benchmarks.json`, which `make
benchmark-servers` writes, and says which figure of charts.py it is; or `docs/data/startup.json`,
which `make benchmark` writes, and a figure of startup_charts.py. It is SVG in the page's own
colours, and no script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import vl_convert
from markupsafe import Markup, escape
from pymdownx.superfences import SuperFencesException

from runnable.catalogue.benchmarks import (
    BENCHMARKS,
    EXPERIMENTS,
    BenchmarkError,
    Benchmarks,
    read_benchmarks,
)
from runnable.catalogue.startup import STARTUP, Startup, StartupError, read_startup
from runnable.site import charts, startup_charts
from runnable.site.charts import Mark, Spec
from runnable.site.fences import failing_the_build, keeping_options

# Of the specification, by its version: what it means does not change with a release.
VEGA_LITE = "5.21"
ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
COLOURS = {
    charts.INK: "currentColor",
    charts.GRID: "var(--figure-grid)",
    **{colour: f"var(--figure-{number})" for number, colour in enumerate(charts.SERIES_COLOURS, 1)},
}


@keeping_options
def validate(inputs: dict[str, str]) -> None:
    """Refuse a fence that does not say which figure it is."""
    known = [charts.CEILING, *charts.CHARTS, *startup_charts.LINES]
    if inputs.keys() != {"of"} or inputs["of"] not in known:
        raise SuperFencesException(f"figure: state of=…, one of {', '.join(known)}")


@failing_the_build
def render(
    source: str, language: str, css_class: str, options: dict[str, str], md: Any, **kwargs: Any
) -> str:
    """Give a figure and its table; the sentence that says so where there are no such points.

    Raises:
        SuperFencesException: If the fence's body is not what was measured.
    """
    name = options["of"]
    figure = load_figure(name, source)
    if not figure.marks:
        return f'<p class="story">The run of {figure.date} has not measured this.</p>'
    drawn = svg(figure.spec, name, f"{figure.title} {figure.axis.capitalize()}.")
    return Markup('<figure class="measured" id="{0}-figure">{1}{2}</figure>').format(
        name, Markup(drawn), table(figure.marks, figure.axis)
    )


@dataclass(frozen=True)
class Figure:
    """What a figure shows, and how it is drawn."""

    date: str
    title: str
    axis: str
    marks: list[Mark]
    spec: Spec


def load_figure(name: str, source: str) -> Figure:
    """Make a figure of what was measured.

    Raises:
        SuperFencesException: If the source is something else.
    """
    if name in startup_charts.LINES:
        startup = _read(read_startup, source, STARTUP)
        marks = startup_charts.startup_marks(name, startup)
        chart = startup_charts.CHART
        return Figure(startup.date, startup_charts.TITLE, chart.axis, marks, _draw(chart, marks))
    benchmarks = _read(read_benchmarks, source, BENCHMARKS)
    if name == charts.CEILING:
        counted = charts.ceiling_marks(benchmarks)
        marks = [
            replace(
                mark, row=f"{mark.row}: {threads} ÷ {charts.WAIT} s = {threads / charts.WAIT:g}"
            )
            for threads, mark in counted
        ]
        spec = charts.draw_ceiling(counted) if counted else {}
        return Figure(benchmarks.date, EXPERIMENTS["ceiling"], charts.RATE_AXIS, marks, spec)
    chart = charts.CHARTS[name]
    marks = charts.marks_of(name, benchmarks)
    title = EXPERIMENTS[chart.experiment]
    return Figure(benchmarks.date, title, chart.axis, marks, _draw(chart, marks))


def _draw(chart: charts.Chart, marks: list[Mark]) -> Spec:
    return charts.draw(chart, marks) if marks else {}


def svg(spec: Spec, name: str, title: str) -> str:
    """Draw a specification, in the page's colours, with a title for those who do not see it."""
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    for colour, ours in COLOURS.items():
        drawn = drawn.replace(f'"{colour}"', f'"{ours}"')
    start = re.match(r"<svg [^>]*?viewBox=\"([^\"]*)\"[^>]*>", drawn)
    if start is None:
        raise SuperFencesException(f"figure: no SVG came of {name}: {drawn[:200]}")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{start[1]}" role="img"'
        f' aria-labelledby="{name}-title"><title id="{name}-title">{escape(title)}</title>'
    )
    # A role of its own would have every group of marks be a picture without a name.
    return head + ROLES.sub("", drawn[start.end() :]).replace("\n", "")


def table(marks: list[Mark], axis: str) -> Markup:
    """Write marks as a table: the median, and the least and the most of all rounds."""
    head, *rows = grid(marks)
    lines = (
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(row, _in("<td>{}</td>", cells))
        for row, *cells in rows
    )
    return Markup(
        "<details><summary>The numbers: {}; the median, and the least and the most</summary>"
        "<table><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></details>"
    ).format(axis, _in('<th scope="col">{}</th>', head[1:]), Markup("").join(lines))


def grid(marks: list[Mark]) -> list[list[str]]:
    """Give marks as lines of cells; the first line names the series, the first cell the row."""
    labels = list(dict.fromkeys(mark.series for mark in marks))
    cells = {(mark.row, mark.series): _cell(mark) for mark in marks}
    rows = dict.fromkeys(mark.row for mark in marks)
    return [
        ["", *labels],
        *([row, *(cells.get((row, label), "–") for label in labels)] for row in rows),
    ]


def _in(element: str, cells: list[str]) -> Markup:
    return Markup("").join(Markup(element).format(cell) for cell in cells)


def _cell(mark: Mark) -> str:
    return f"{_number(mark.value)} ({_number(mark.least)}–{_number(mark.most)})"


def _number(value: float) -> str:
    """Write three digits: more would say more than was measured."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"


def _read[T: (Benchmarks, Startup)](read: Callable[[str, str], T], source: str, path: Path) -> T:
    try:
        return read(source, "the fence's body")
    except (BenchmarkError, StartupError) as error:
        raise SuperFencesException(f'figure: {error}; it must be --8<-- "{path}"') from None
