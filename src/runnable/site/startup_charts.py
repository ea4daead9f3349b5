"""Figures of a start in the page: on each line, how long a reader waits for the first answer."""

from __future__ import annotations

import statistics
from collections.abc import Mapping

from runnable.catalogue.startup import NO_LIMIT, SLOW, Startup
from runnable.site.charts import Chart, Mark, Series

# The line that each shows.
LINES = {"startup": NO_LIMIT, "startup-slow": SLOW}
# What readers call the ways to an answer, by their names in the data.
WAYS: Mapping[str, str] = {
    "cold": "first visit",
    "second visit": "second visit",
    "hovered": "hovered",
    "edited": "edited",
}
TITLE = "How long a reader waits for the first answer of an example, and for Pyodide alone."
CHART = Chart(
    "",
    "milliseconds from the press to the answer",
    tuple(Series(label, way) for way, label in WAYS.items()),
    logarithmic=True,
)


def startup_marks(name: str, startup: Startup) -> list[Mark]:
    """Give the marks of a figure, a row for each subject."""
    return [
        Mark(subject, label, statistics.median(values), min(values), max(values))
        for subject, ways in startup.milliseconds.get(LINES[name], {}).items()
        for way, label in WAYS.items()
        if (values := ways.get(way))
    ]
