"""What is asked of whom, in which order, and what of it fits into the time that there is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.servers import subjects

ROUNDS = 3
SECONDS = (3, 2, 1)  # how long a load may last; the longest that fits
# What it takes to start a server, to stop it, and to see it rest.
SECONDS_AROUND = 1.9
NO_LOAD = {"rest": 0.5, "websockets": 1.5, "streams": 1.0}


@dataclass(frozen=True)
class Question:
    """One question to one server.

    Attributes:
        experiment: What is asked.
        subject: Of whom.
        clients: How many connections there are at once.
        needed: Whether it is asked when time is short, too.
    """

    experiment: str
    subject: str
    clients: int
    needed: bool = True

    @property
    def key(self) -> str:
        """Its name where results are kept."""
        return f"{self.experiment}/{self.subject}/{self.clients}"

    def estimate(self, seconds: int) -> float:
        """Say about how long it takes."""
        return SECONDS_AROUND + NO_LOAD.get(self.experiment, seconds)


@dataclass(frozen=True)
class Plan:
    """A run.

    Attributes:
        questions: What is asked in each round.
        rounds: How often.
        seconds: How long each load lasts.
    """

    questions: tuple[Question, ...]
    rounds: int
    seconds: int

    def order(self, number: int) -> list[Question]:
        """Give a round's order: another one each time, the same when a run is resumed."""
        questions = [*self.questions]
        random.Random(number).shuffle(questions)
        return questions

    def estimate(self) -> float:
        """Say about how long it takes, in seconds."""
        return self.rounds * sum(question.estimate(self.seconds) for question in self.questions)


def all_questions() -> list[Question]:
    """Give everything that there is to ask."""
    asked = [
        Question("waiting", name, clients, needed=clients != 1)
        for name in [*subjects.ALL, "gunicorn-sync-4-workers"]
        for clients in (1, 10, 100, 500)
    ]
    asked += [Question("ceiling", name, 500) for name in subjects.THREADS]
    asked += [
        Question("ways", name, clients, needed=clients == 100)
        for name in subjects.WAITING
        for clients in (10, 100)
    ]
    asked += [Question("mix", name, 10) for name in [*subjects.ALL, "gunicorn-sync-4-workers"]]
    asked += [Question("rest", name, 1) for name in [*subjects.ALL, *subjects.FOURFOLD]]
    asked += [
        Question("websockets", name, 500)
        for name, one in subjects.ALL.items()
        if one.spec.interface != "WSGI"
    ]
    asked += [Question("streams", name, 100, needed=False) for name in subjects.ALL]
    asked += [Question("computing", name, 4, needed=False) for name in subjects.ALL]
    asked += [Question("hello", name, 10, needed=False) for name in subjects.ALL]
    return asked


def plan_for(minutes: float, chosen: Sequence[str] = (), rounds: int = ROUNDS) -> Plan:
    """Choose what fits into so many minutes: rather all with a short load than a part.

    Args:
        minutes: How long it may take.
        chosen: The subjects, if not all are.
        rounds: How often each question is asked.

    Raises:
        SystemExit: If nothing fits; it says how many minutes are needed.
    """
    if unknown := {*chosen} - subjects.SUBJECTS.keys():
        raise SystemExit(f"error: no such subject: {', '.join(unknown)}; see --list")
    questions = [q for q in all_questions() if not chosen or q.subject in chosen]
    needed = [question for question in questions if question.needed]
    plans = [
        Plan(tuple(asked), rounds, seconds) for asked in (questions, needed) for seconds in SECONDS
    ]
    fitting = (plan for plan in plans if plan.estimate() <= minutes * 60)
    if plan := next(fitting, None):
        return plan
    least = plans[-1].estimate() / 60
    raise SystemExit(f"error: {minutes:g} minutes are too few: {least:.1f} are needed at least")
