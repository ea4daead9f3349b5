"""What a run has measured so far, in a file: a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.servers.plan import Plan, Question
from runnable.catalogue.benchmarks import Noise

type Numbers = dict[str, float]


class Journal:
    """A line for each answer; the first line says of which run."""

    def __init__(self, path: Path, run: object) -> None:
        """Open it; what is there of another run is deleted.

        Args:
            path: The file.
            run: What has to be the same for a run to go on, as JSON takes it.
        """
        self._path = path
        self.numbers: dict[tuple[int, str], Numbers] = {}
        self.noise: list[Noise] = []
        first = json.dumps(run, sort_keys=True)
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        if lines[:1] != [first]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(first + "\n", "utf-8")
            return
        for line in lines[1:]:
            entry = json.loads(line)
            if "noise" in entry:
                self.noise.append(Noise(**entry["noise"]))
            else:
                self.numbers[entry["round"], entry["question"]] = entry["numbers"]

    def note(self, number: int, question: Question, numbers: Numbers) -> None:
        """Keep what a question gave in a round."""
        self.numbers[number, question.key] = numbers
        self._write({"round": number, "question": question.key, "numbers": numbers})

    def note_noise(self, noise: Noise) -> None:
        """Keep how quiet the machine was."""
        self.noise.append(noise)
        self._write({"noise": asdict(noise)})

    def _write(self, entry: object) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def left(self, plan: Plan) -> list[tuple[int, Question]]:
        """Give what is still to be asked, in order."""
        return [
            (number, question)
            for number in range(1, plan.rounds + 1)
            for question in plan.order(number)
            if (number, question.key) not in self.numbers
        ]

    def rounds(self, plan: Plan, question: Question) -> tuple[Numbers, ...]:
        """Give what every round gave for a question."""
        return tuple(self.numbers[number, question.key] for number in range(1, plan.rounds + 1))
