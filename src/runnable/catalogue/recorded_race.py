"""A race that a real server ran: how docs/data/recorded/<name>.json is written and read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple


class Times(NamedTuple):
    """Of a request, in milliseconds since all were sent.

    Attributes:
        made: When its connection was made.
        called: When the application was called.
        returned: When that call had returned.
        done: When the client had the whole answer.
    """

    made: float
    called: float
    returned: float
    done: float


@dataclass(frozen=True)
class RecordedRace:
    """The same requests to a server, a run for each number of them.

    Attributes:
        example: The application, by its path below the examples' folder.
        server: The server, as readers call it.
        threads: How many calls it runs at once.
        command: What starts it.
        date: The day, as in 2026-11-28.
        versions: Of what was recorded, by name.
        runs: The requests of each run.
    """

    example: str
    server: str
    threads: int
    command: str
    date: str
    versions: dict[str, str]
    runs: tuple[tuple[Times, ...], ...]

    @property
    def title(self) -> str:
        """What it is called beside the racers in the page."""
        return f"{Path(self.example).name} on {self.server}, {self.threads} threads"


def at_once(run: tuple[Times, ...]) -> int:
    """Give how many calls of the application went on at once, at the most."""
    return max(sum(each.called <= one.called < each.returned for each in run) for one in run)


def write_recorded_race(race: RecordedRace, path: Path) -> None:
    """Write it: a request a line, so that a difference can be read."""
    data = asdict(race)
    runs = [",\n".join(f"  {json.dumps(times)}" for times in run) for run in data.pop("runs")]
    head = json.dumps(data, indent=1, ensure_ascii=False).removesuffix("\n}")
    body = "\n ],[\n".join(runs)
    path.write_text(f'{head},\n "runs": [[\n{body}\n ]]\n}}\n', "utf-8")


def load_recorded_race(path: Path) -> RecordedRace:
    """Read it.

    Raises:
        ValueError: If the file is not there, or not such a recording.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        runs = tuple(tuple(Times(*times) for times in run) for run in data.pop("runs"))
        return RecordedRace(**data, runs=runs)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: {error}; `pytest --write-recorded` writes it anew") from None
