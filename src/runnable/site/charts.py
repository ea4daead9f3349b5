"""What the figures of the measurements show: for each its series, its rows, and its drawing.

A drawing is a specification of Vega-Lite. Its colours are names that figure_fence.py replaces, so
that it follows the page's.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runnable.catalogue.benchmarks import Benchmarks, Point

type Spec = dict[str, Any]

WIDTH = 360  # as wide as a phone shows without a change of size
INK, GRID = "#010101", "#020202"
SERIES_COLOURS = ("#030301", "#030302", "#030303", "#030304")
SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
)  # so that colour is not all that tells series apart
WAIT = 0.05  # how long each request of the experiment "ceiling" waits, in seconds


@dataclass(frozen=True)
class Series:
    """One kind of mark.

    Attributes:
        label: What readers call it.
        number: Which of a point's numbers it shows.
        belongs: Whether it shows a point, of a subject with so many workers.
    """

    label: str
    number: str
    belongs: Callable[[Point, int], bool] = lambda point, workers: True


@dataclass(frozen=True)
class Chart:
    """A figure.

    Attributes:
        experiment: Whose points it shows.
        axis: What the axis says.
        series: What is shown of each.
        logarithmic: Whether equal steps are equal ratios.
    """

    experiment: str
    axis: str
    series: tuple[Series, ...]
    logarithmic: bool = False


@dataclass(frozen=True)
class Mark:
    """A value on a figure, and the least and the most of all rounds."""

    row: str
    series: str
    value: float
    least: float
    most: float


def _clients(*counts: int) -> tuple[Series, ...]:
    return tuple(map(_with_clients, counts))


def _with_clients(count: int) -> Series:
    return Series(f"{count} clients", RATE, lambda point, _: point.clients == count)


def _workers(label: str, number: str, count: int) -> Series:
    return Series(label, number, lambda _, workers: workers == count)


RATE = "requests_per_second"
RATE_AXIS = "requests per second"
CHARTS: Mapping[str, Chart] = {
    "waiting": Chart("waiting", RATE_AXIS, _clients(10, 100, 500), logarithmic=True),
    "ways": Chart("ways", RATE_AXIS, _clients(10, 100), logarithmic=True),
    "mix": Chart(
        "mix",
        "milliseconds until a short request is answered",
        (Series("half of them", "p50_ms"), Series("99 of 100", "p99_ms")),
        logarithmic=True,
    ),
    "computing": Chart("computing", RATE_AXIS, (Series("4 clients", RATE),)),
    "hello": Chart("hello", RATE_AXIS, (Series("10 clients", RATE),)),
    "streams": Chart("streams", "streams that have begun, of 100", (Series("begun", "begun"),)),
    "websockets": Chart("websockets", "KiB for each WebSocket", (Series("each", "kib_each"),)),
    "memory": Chart(
        "rest",
        "MiB",
        (_workers("1 worker", "memory_mib", 1), _workers("4 workers", "memory_mib", 4)),
    ),
    "start": Chart(
        "rest",
        "seconds from the command to the first answer",
        (_workers("1 worker", "first_answer_s", 1),),
    ),
}
CEILING = "ceiling"


def marks_of(name: str, benchmarks: Benchmarks) -> list[Mark]:
    """Give the marks of a figure, in the order of the subjects; none if it was not measured."""
    chart = CHARTS[name]
    found = []
    for point in benchmarks.of(chart.experiment):
        about = benchmarks.subjects[point.subject]
        row = about.title.replace("`", "")
        if any(series.label.endswith("workers") for series in chart.series):
            row = row.removesuffix(f", {about.workers} workers")
        for series in chart.series:
            if series.belongs(point, about.workers):
                least, most = point.spread(series.number)
                median = point.median(series.number)
                found.append(Mark(row, series.label, median, least, most))
    return found


def draw(chart: Chart, marks: list[Mark]) -> Spec:
    """Draw marks in rows, with a line from the least to the most of all rounds."""
    scale: Spec = {"type": "log"} if chart.logarithmic else {"zero": True}
    labels = [series.label for series in chart.series]
    rows = list(dict.fromkeys(mark.row for mark in marks))
    several = len(labels) > 1
    axis: Spec = {"title": textwrap.wrap(chart.axis, 32), **_NUMBERS}
    if chart.logarithmic:
        axis["values"] = ticks([end for mark in marks for end in (mark.least, mark.most)])
    encoding: Spec = {
        "y": {"field": "row", "type": "nominal", "sort": rows, "title": None},
        "color": _by_series(labels, "range", SERIES_COLOURS, legend=several),
    }
    if several:
        encoding["yOffset"] = {"field": "series", "type": "nominal", "sort": labels}
    value: Spec = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    point = {"x": value, "shape": _by_series(labels, "range", SHAPES, legend=several)}
    line = {"x": {**value, "field": "least"}, "x2": {"field": "most"}}
    return _whole(
        {
            "height": {"step": 10, "for": "offset"} if several else {"step": 18},
            "data": {"values": [vars(mark) for mark in marks]},
            "encoding": encoding,
            "layer": [
                {"mark": {"type": "rule", "strokeWidth": 1.5}, "encoding": line},
                {"mark": {"type": "point", "filled": True, "size": 40}, "encoding": point},
            ],
        }
    )


def ticks(values: list[float]) -> list[float]:
    """Give round numbers for a logarithmic axis: powers of ten, and 2 and 5 times such if few."""
    least, most = math.log10(min(values)), math.log10(max(values))
    powers = [10.0**power for power in range(math.floor(least), math.ceil(most) + 1)]
    steps = (1,) if most - least > 2 else (1, 2, 5)
    return [power * step for power in powers for step in steps]


def ceiling_marks(benchmarks: Benchmarks) -> list[tuple[int, Mark]]:
    """Give what servers with threads did under most clients, by the number of threads."""
    asked = [*benchmarks.of("ceiling"), *benchmarks.of("waiting")]
    clients = max((point.clients for point in asked), default=0)
    found = []
    for point in asked:
        about = benchmarks.subjects[point.subject]
        if point.clients == clients and about.threads is not None:
            least, most = point.spread(RATE)
            mark = Mark(about.title, "measured", point.median(RATE), least, most)
            found.append((about.threads * about.workers, mark))
    return sorted(found, key=lambda pair: (pair[0], pair[1].row))


def draw_ceiling(marks: list[tuple[int, Mark]]) -> Spec:
    """Draw threads ÷ seconds as the line that it is, with what was measured."""
    threads = [threads for threads, _ in marks]
    ends = [min(threads), max(threads)]
    between = [end / WAIT for end in ends]
    label = {"field": "series", "type": "nominal", "legend": _LEGEND}
    logarithmic = {"type": "log", "nice": False}
    x: Spec = {
        "field": "threads",
        "type": "quantitative",
        "scale": logarithmic,
        "axis": {"title": "threads", "values": sorted({*threads}), "labelOverlap": True},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"type": "log"},
        "axis": {
            **_NUMBERS,
            "title": RATE_AXIS,
            "values": ticks([*between, *(m.value for _, m in marks)]),
        },
    }
    names = ["threads ÷ 0.05 s", "measured"]
    line = [{"threads": end, "value": end / WAIT, "series": names[0]} for end in ends]
    values = [{"threads": count, **vars(mark)} for count, mark in marks]
    colour = {**label, "scale": {"domain": names, "range": [INK, SERIES_COLOURS[0]]}}
    return _whole(
        {
            "height": 240,
            "layer": [
                {
                    "data": {"values": line},
                    "mark": {"type": "line", "strokeDash": [5, 3], "strokeWidth": 1.5},
                    "encoding": {"x": x, "y": y, "color": colour},
                },
                {
                    "data": {"values": values},
                    "mark": {"type": "rule", "strokeWidth": 1.5},
                    "encoding": {
                        "x": x,
                        "y": {**y, "field": "least"},
                        "y2": {"field": "most"},
                        "color": colour,
                    },
                },
                {
                    "data": {"values": values},
                    "mark": {"type": "point", "filled": True, "size": 40},
                    "encoding": {"x": x, "y": y, "color": colour},
                },
            ],
        }
    )


_NUMBERS: Spec = {"format": ",~r", "tickCount": 5, "labelOverlap": True}
_LEGEND: Spec = {"orient": "top", "direction": "horizontal", "title": None, "symbolOpacity": 1}


def _by_series(labels: list[str], key: str, values: tuple[str, ...], *, legend: bool) -> Spec:
    """Encode the series by colours or by shapes."""
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": labels, key: list(values[: len(labels)])},
        "legend": _LEGEND if legend else None,
    }


def _whole(part: Spec) -> Spec:
    """Complete a specification with what is common to all."""
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11}
    return {
        "width": WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "padding": 2,
        **part,
        "config": {
            "aria": False,
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": {
                **text,
                "titleFontWeight": "normal",
                "labelLimit": 175,
                "gridColor": GRID,
                "domainColor": GRID,
                "tickColor": GRID,
            },
            "axisY": {"ticks": False, "labelPadding": 5},
            "legend": {
                **text,
                "symbolSize": 40,
                "columnPadding": 4,
                "layout": {"top": {"bounds": "full"}},
            },
            "point": {"opacity": 1},
        },
    }
