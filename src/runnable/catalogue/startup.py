"""What `make benchmark` measured: how docs/data/startup.json is written and read."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

STARTUP = Path("docs/data/startup.json")
# The published package alone, which starts with nothing to run: what a start is compared with.
FLOOR = "Pyodide alone"
NO_LIMIT, SLOW = "no limit", "9 Mbit/s, 60 ms"

type Times = Mapping[str, Mapping[str, list[float]]]


class StartupError(ValueError):
    """The file does not have the shape that is expected; in one line, where and what."""


@dataclass(frozen=True)
class Startup:
    """A whole run.

    Attributes:
        date: The day, as in 2026-11-28.
        chromium: The browser's version.
        machine: The kind of its processor.
        rounds: How often everything was measured.
        milliseconds: By line, subject and way to an answer, what each round measured.
        page_weight_gzip_bytes: What a page fetches before Run, by kind of file.
    """

    date: str
    chromium: str
    machine: str
    rounds: int
    milliseconds: Mapping[str, Times]
    page_weight_gzip_bytes: Mapping[str, int]

    def median(self, line: str, subject: str, way: str) -> float:
        """Give the middle of what the rounds measured."""
        return statistics.median(self.milliseconds[line][subject][way])


def load_startup(path: Path = STARTUP) -> Startup:
    """Read a file of measurements.

    Raises:
        StartupError: If it is not such a file.
    """
    return read_startup(path.read_text("utf-8"), str(path))


def read_startup(text: str, place: str) -> Startup:
    """Read measurements.

    Args:
        text: What a file of them holds.
        place: Where it stands, for an error.

    Raises:
        StartupError: If it is something else.
    """
    try:
        startup = Startup(**json.loads(text))
        for times in startup.milliseconds.values():
            for ways in [times[FLOOR], *times.values()]:
                for values in ways.values():
                    statistics.median(values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StartupError(f"{place}: {error!r}; write it anew: make benchmark") from error
    return startup


def write_startup(startup: Startup, path: Path) -> None:
    """Write a file of measurements."""
    path.write_text(json.dumps(asdict(startup), indent=2) + "\n", "utf-8")
