"""Markdown fences that become figures of what `make benchmark-servers` measured, with their tables.

A fence `figure { of="waiting" }` includes `docs/data/benchmarks.json`, and says which figure of
charts.py it is. It is SVG in the page's own colours, and no script.
"""

from __future__ import annotations

import re
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
from runnable.site import charts
from runnable.site.charts import Mark, Spec

# Of the specification, by its version: what it means does not change with a release.
VEGA_LITE = "5.21"
COLOURS = {
    charts.INK: "currentColor",
    charts.GRID: "var(--figure-grid)",
    **{colour: f"var(--figure-{number})" for number, colour in enumerate(charts.SERIES_COLOURS, 1)},
}


def validate(
    language: str,
    inputs: dict[str, str],
    options: dict[str, Any],
    attrs: dict[str, Any],
    md: Any,
) -> bool:
    """Keep the fence's option.

    Args:
        language: The fence's language.
        inputs: What its header states.
        options: Filled with what the formatter is to know.
        attrs: Left empty.
        md: The Markdown instance.

    Returns:
        True: what is wrong is an error, and never another fence.

    Raises:
        SuperFencesException: If it is unclear what to show.
    """
    known = [charts.CEILING, *charts.CHARTS]
    if inputs.keys() != {"of"} or inputs["of"] not in known:
        raise SuperFencesException(f"figure: state of=…, one of {', '.join(known)}")
    options.update(inputs)
    return True


def render(
    source: str, language: str, css_class: str, options: dict[str, str], md: Any, **kwargs: Any
) -> str:
    """Give a figure and its table; the sentence that says so where there are no such points.

    Raises:
        SuperFencesException: If the fence's body is not what was measured.
    """
    name = options["of"]
    benchmarks = _read(source)
    if name == charts.CEILING:
        counted = charts.ceiling_marks(benchmarks)
        marks = [
            Mark(f"{mark.row}: {threads} ÷ {charts.WAIT} s = {threads / charts.WAIT:g}", *rest)
            for threads, mark in counted
            for rest in [(mark.series, mark.value, mark.least, mark.most)]
        ]
        spec = charts.draw_ceiling(counted) if counted else {}
        title, axis = EXPERIMENTS["ceiling"], charts.RATE_AXIS
    else:
        chart = charts.CHARTS[name]
        marks = charts.marks_of(name, benchmarks)
        spec = charts.draw(name, marks) if marks else {}
        title, axis = EXPERIMENTS[chart.experiment], chart.axis
    if not marks:
        return f'<p class="story">The run of {benchmarks.date} has not measured this.</p>'
    return Markup('<figure class="measured" id="{0}-figure">{1}{2}</figure>').format(
        name, Markup(svg(spec, name, f"{title} {axis.capitalize()}.")), table(marks, axis)
    )


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
    return head + drawn[start.end() :].replace("\n", "")


def table(marks: list[Mark], axis: str) -> Markup:
    """Write marks as a table: the median, and the least and the most of all rounds."""
    labels = list(dict.fromkeys(mark.series for mark in marks))
    cells = {(mark.row, mark.series): _cell(mark) for mark in marks}
    head = Markup("").join(Markup("<th>{}</th>").format(label) for label in ("", *labels))
    rows = [
        Markup("<tr><th>{}</th>{}</tr>").format(
            row,
            Markup("").join(
                Markup("<td>{}</td>").format(cells.get((row, label), "–")) for label in labels
            ),
        )
        for row in dict.fromkeys(mark.row for mark in marks)
    ]
    return Markup(
        "<details><summary>The numbers: {}; the median, and the least and the most</summary>"
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></details>"
    ).format(axis, head, Markup("").join(rows))


def _cell(mark: Mark) -> str:
    return f"{_number(mark.value)} ({_number(mark.least)}–{_number(mark.most)})"


def _number(value: float) -> str:
    """Write three digits: more would say more than was measured."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"


def _read(source: str) -> Benchmarks:
    try:
        return read_benchmarks(source, "the fence's body")
    except BenchmarkError as error:
        raise SuperFencesException(f'figure: {error}; it must be --8<-- "{BENCHMARKS}"') from None
