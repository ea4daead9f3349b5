"""`make benchmark-servers`: what real servers do under load, for docs/data/benchmarks.json.

A run that was stopped goes on where it was, if nothing has changed. What was measured on a noisy
machine is never published: `--rehearse` measures there, and writes to .cache/benchmarks/ alone.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.servers import machine
from benchmarks.servers.asking import Numbers, ask
from benchmarks.servers.journal import Journal
from benchmarks.servers.plan import ROUNDS, Plan, Question, plan_for
from benchmarks.servers.subjects import SUBJECTS
from runnable.catalogue.benchmarks import Benchmarks, Noise, Point, write_benchmarks

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache/benchmarks"
PUBLISHED = ROOT / "docs/data/benchmarks.json"
REHEARSAL = CACHE / "rehearsal.json"
LOOK_SECONDS = 3.0  # at the machine, before the run; between the rounds a third of it
MOST_NOISY = 1 / 3  # of all looks


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is left, and publish when all of it is there."""
    options = _options(arguments)
    if options.list:
        print("\n".join(f"{name:28} {one.about.command}" for name, one in SUBJECTS.items()))
        return
    started = time.monotonic()
    plan = plan_for(options.minutes, options.subjects, options.rounds)
    _check_programs(plan)
    cores = machine.choose_cores()
    machine.allow_many_files()
    journal = Journal(CACHE / "journal.jsonl", _run(plan, options.rehearse))
    left = journal.left(plan)
    minutes = sum(question.estimate(plan.seconds) for _, question in left) / 60
    print(
        f"{len(left)} questions are left, of {plan.rounds} rounds, with a load of {plan.seconds} s "
        f"each: about {minutes:.0f} minutes"
    )
    _look(journal, "before the run", cores, LOOK_SECONDS, options.rehearse)
    with machine.on(cores.load):
        _measure(left, journal, plan, cores, started + options.minutes * 60)
    if journal.left(plan):
        sys.exit("The time is over. The same command goes on from here.")
    publish(journal, plan, cores, rehearsal=options.rehearse)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make benchmark-servers", description=__doc__)
    parser.add_argument("--minutes", type=float, default=28, help="how long it may take (28)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often all is asked (3)")
    parser.add_argument("--rehearse", action="store_true", help="measure, and publish nothing")
    parser.add_argument("--list", action="store_true", help="say what can be measured")
    parser.add_argument("subjects", nargs="*", help="what is measured (all)")
    options = parser.parse_args(arguments)
    if options.subjects and not options.rehearse:
        parser.error("a part is not published: add --rehearse")
    return options


def _check_programs(plan: Plan) -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("error: wrk is missing: apt-get install wrk")
    for name in {question.subject for question in plan.questions}:
        if message := SUBJECTS[name].spec.missing():
            raise SystemExit(f"error: {message}")


def _run(plan: Plan, rehearsal: bool) -> object:
    """Give what has to be the same for a run to go on."""
    questions = sorted(question.key for question in plan.questions)
    kind = "rehearsal" if rehearsal else "run"
    return [kind, plan.rounds, plan.seconds, questions, machine.versions()]


def _look(
    journal: Journal, when: str, cores: machine.Cores, seconds: float, rehearsal: bool
) -> None:
    noise = machine.measure_noise(when, cores, seconds)
    said = f"{noise.lost:.1%} of the time lost, times differ by {noise.spread:.0%}"
    print(f"The machine, {when}: {said}.")
    if machine.too_noisy(noise) and not rehearsal:
        sys.exit(
            f"error: the machine is too noisy ({said}; {machine.MOST_LOST:.0%} and "
            f"{machine.MOST_SPREAD:.0%} are the limits): end what else runs, or use --rehearse"
        )
    journal.note_noise(noise)


def _measure(
    left: list[tuple[int, Question]],
    journal: Journal,
    plan: Plan,
    cores: machine.Cores,
    deadline: float,
) -> None:
    count, before = len(plan.questions) * plan.rounds, 0
    for number, question in left:
        if time.monotonic() + question.estimate(plan.seconds) > deadline:
            return
        if number != before:
            before = number
            when = f"in round {number}"
            journal.note_noise(machine.measure_noise(when, cores, LOOK_SECONDS / 3))
        numbers = ask(question, plan.seconds, cores)
        journal.note(number, question, numbers)
        minutes = (deadline - time.monotonic()) / 60
        title = SUBJECTS[question.subject].about.title
        print(
            f"{len(journal.numbers):4}/{count}  round {number}  {question.experiment:10} {title}, "
            f"{question.clients} clients: {_said(numbers)}  ({minutes:.0f} min left)"
        )


def _said(numbers: Numbers) -> str:
    name = next(iter(numbers))
    return f"{numbers[name]:g} {name.replace('_', ' ')}"


def publish(journal: Journal, plan: Plan, cores: machine.Cores, *, rehearsal: bool) -> None:
    """Write what was measured, unless the machine was too noisy meanwhile."""
    noisy: list[Noise] = [noise for noise in journal.noise if machine.too_noisy(noise)]
    if not rehearsal and len(noisy) > MOST_NOISY * len(journal.noise):
        sys.exit(
            f"error: the machine was too noisy in {len(noisy)} of {len(journal.noise)} looks: "
            f"not published; delete {CACHE / 'journal.jsonl'} and begin anew"
        )
    named = {question.subject for question in plan.questions}
    benchmarks = Benchmarks(
        date=datetime.date.today().isoformat(),
        machine=machine.describe(cores),
        versions=machine.versions(),
        seconds=plan.seconds,
        noise=tuple(journal.noise),
        subjects={name: one.about for name, one in SUBJECTS.items() if name in named},
        points=tuple(
            Point(q.experiment, q.subject, q.clients, journal.rounds(plan, q))
            for q in plan.questions
        ),
    )
    path = REHEARSAL if rehearsal else PUBLISHED
    write_benchmarks(benchmarks, path)
    print(f"Written: {path}, {len(benchmarks.points)} points.")


if __name__ == "__main__":
    main()
