"""What `make benchmark-servers` measured: how docs/data/benchmarks.json is written and read."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

BENCHMARKS = Path("docs/data/benchmarks.json")
# Times, which a round without any answer does not have.
OF_ANSWERS = {"p50_ms", "p99_ms", "computation_ms"}
# What is asked of a server, each in one sentence for readers.
EXPERIMENTS = {
    "waiting": "Every request waits 0.05 s.",
    "ceiling": "Every request waits 0.05 s, and the server has a given number of threads.",
    "ways": "Every request waits 0.2 s, in one of four ways.",
    "mix": "Short requests come while one client asks for computations, one after the other.",
    "computing": "Every request computes.",
    "hello": "Every request is answered at once.",
    "streams": "A hundred clients each read a stream that lasts a second.",
    "websockets": "Clients open WebSockets, and then say nothing.",
    "rest": "The server has answered one request, and rests.",
}


class BenchmarkError(ValueError):
    """The file does not have the shape that is expected; in one line, where and what."""


@dataclass(frozen=True)
class Subject:
    """What was measured.

    Attributes:
        title: What readers call it, with what sets it apart: "Gunicorn, 100 threads".
        server: Its name in `servers.toml`.
        interface: What it serves.
        command: What starts it.
        workers: How many worker processes it has.
        threads: How many calls a worker runs at once; None where no number limits them.
    """

    title: str
    server: str
    interface: str
    command: str
    workers: int
    threads: int | None


@dataclass(frozen=True)
class Noise:
    """How far the machine is from quiet, at one time.

    Attributes:
        when: Such as "before round 1".
        lost: Of the time in which a program wanted to compute, the part that it did not get.
        spread: How much the times of the same work differ: 90th percentile less 10th, ÷ median.
    """

    when: str
    lost: float
    spread: float


@dataclass(frozen=True)
class Point:
    """One question to one server, and what every round measured.

    Attributes:
        experiment: One of EXPERIMENTS.
        subject: A name among the subjects.
        clients: How many connections there are at once.
        rounds: The numbers of each round, by name.
    """

    experiment: str
    subject: str
    clients: int
    rounds: tuple[Mapping[str, float], ...]

    def median(self, number: str) -> float:
        """Give the middle of what the rounds measured."""
        return statistics.median(self.values(number))

    def spread(self, number: str) -> tuple[float, float]:
        """Give the least and the most that a round measured."""
        values = self.values(number)
        return min(values), max(values)

    def values(self, number: str) -> list[float]:
        """Give what every round measured; one without any answer has no times of answers."""
        return [numbers[number] for numbers in self.rounds if number in numbers]


@dataclass(frozen=True)
class Benchmarks:
    """A whole run.

    Attributes:
        date: The day, as in 2026-11-28.
        machine: What it ran on, by name.
        versions: Of what was measured, by package.
        seconds: How long each load lasted.
        noise: How quiet the machine was, before and between the rounds.
        subjects: What was measured, by name.
        points: What was found.
    """

    date: str
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    seconds: int
    noise: tuple[Noise, ...]
    subjects: Mapping[str, Subject]
    points: tuple[Point, ...] = field(default=())

    def of(self, experiment: str) -> Iterator[Point]:
        """Give the points of an experiment, in the order of the subjects."""
        order = [*self.subjects]
        chosen = (point for point in self.points if point.experiment == experiment)
        yield from sorted(chosen, key=lambda point: (order.index(point.subject), point.clients))


def load_benchmarks(path: Path = BENCHMARKS) -> Benchmarks:
    """Read a file of measurements.

    Raises:
        BenchmarkError: If it is not such a file.
    """
    return read_benchmarks(path.read_text("utf-8"), str(path))


def read_benchmarks(text: str, place: str) -> Benchmarks:
    """Read measurements.

    Args:
        text: What a file of them holds.
        place: Where it stands, for an error.

    Raises:
        BenchmarkError: If it is something else.
    """
    try:
        data = json.loads(text)
        benchmarks = Benchmarks(
            date=data["date"],
            machine=data["machine"],
            versions=data["versions"],
            seconds=data["seconds"],
            noise=tuple(Noise(**noise) for noise in data["noise"]),
            subjects={name: Subject(**subject) for name, subject in data["subjects"].items()},
            points=tuple(
                Point(**{**point, "rounds": tuple(point["rounds"])}) for point in data["points"]
            ),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BenchmarkError(
            f"{place}: {error!r}; write it anew: make benchmark-servers"
        ) from error
    for point in benchmarks.points:
        here = f"{place}: {point.experiment}, {point.subject}, {point.clients} clients"
        if point.experiment not in EXPERIMENTS or point.subject not in benchmarks.subjects:
            raise BenchmarkError(f"{here}: no such experiment or subject")
        if len({frozenset(numbers) - OF_ANSWERS for numbers in point.rounds}) != 1:
            raise BenchmarkError(f"{here}: every round has to have the same numbers")
    return benchmarks


def write_benchmarks(benchmarks: Benchmarks, path: Path) -> None:
    """Write a file of measurements: a point a line, so that a difference can be read."""
    data = asdict(benchmarks)
    points = [f"  {json.dumps(point)}" for point in data.pop("points")]
    head = json.dumps(data, indent=1, ensure_ascii=False).removesuffix("\n}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{head},\n "points": [\n{",\n".join(points)}\n ]\n}}\n', "utf-8")
