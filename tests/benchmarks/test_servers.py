"""What measures servers: a small run of real ones, one that was stopped, and a noisy machine."""

import shutil
from pathlib import Path

import pytest
from helpers.missing import missing

from benchmarks.servers import __main__ as program
from benchmarks.servers import machine, plan
from benchmarks.servers.asking import ask
from benchmarks.servers.plan import Question
from runnable.catalogue.benchmarks import EXPERIMENTS, load_benchmarks

# A request that waits 0.05 s is one of 20 a second, in one thread: no machine makes it more.
WAITED = 0.05
SMALL = [
    Question("waiting", "gunicorn-sync", 2),
    Question("mix", "uvicorn", 2),
    Question("streams", "gunicorn-sync", 3, needed=False),
    Question("websockets", "uvicorn", 5),
    Question("rest", "gunicorn-sync-4-workers", 1),
]


class Run:
    """A run of the program, with the small plan; what it publishes is `path`."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.stop_after = 100
        self.path = folder / "benchmarks.json"
        patch.setattr(plan, "all_questions", lambda: SMALL)
        patch.setattr(program, "PUBLISHED", self.path)
        patch.setattr(program, "CACHE", folder)
        patch.setattr(program, "LOOK_SECONDS", 0.05)
        patch.setattr(program, "ask", self.ask)

    def ask(self, question: Question, seconds: int, cores: machine.Cores) -> dict[str, float]:
        if len(self.asked) == self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(question.key)
        return ask(question, seconds, cores)

    def start(self) -> None:
        self.asked.clear()
        program.main(["--minutes", "0.35", "--rounds", "1"])


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    if shutil.which("wrk") is None:
        missing("wrk is missing: apt-get install wrk")
    return Run(tmp_path, monkeypatch)


def quiet(patch: pytest.MonkeyPatch) -> None:
    """Take every machine for quiet enough."""
    patch.setattr(machine, "MOST_LOST", 1.1)
    patch.setattr(machine, "MOST_SPREAD", 1e9)


def test_a_run_that_was_stopped_goes_on_and_is_published_whole(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet(monkeypatch)
    monkeypatch.setattr(program, "time", Clock())
    run.stop_after = 2
    with pytest.raises(KeyboardInterrupt):
        run.start()
    assert not run.path.exists()
    first, run.stop_after = [*run.asked], 100
    run.start()
    assert len(first) == 2
    assert sorted(first + run.asked) == sorted(question.key for question in SMALL)
    found = load_benchmarks(run.path)
    points = {point.experiment: point for point in found.points}
    assert points.keys() == {question.experiment for question in SMALL}
    assert points["waiting"].median("errors") == 0
    # the one that began just before, too
    assert points["waiting"].median("requests_per_second") <= 1 / WAITED + 1
    assert points["mix"].median("p99_ms") >= points["mix"].median("p50_ms")
    assert points["streams"].median("begun") <= 1
    assert points["rest"].median("memory_mib") > 0
    assert all(point.median("first_answer_s") > 0 for point in found.points)


class Clock:
    """A time that never passes, so that a busy machine does not end the run."""

    @staticmethod
    def monotonic() -> float:
        return 0.0


def test_nothing_is_measured_for_publication_on_a_noisy_machine(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "MOST_LOST", -1.0)  # none is so quiet
    with pytest.raises(SystemExit, match="too noisy"):
        run.start()
    assert run.asked == []


def test_what_became_noisy_is_not_published(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet(monkeypatch)
    monkeypatch.setattr(program, "time", Clock())
    monkeypatch.setattr(program, "MOST_NOISY", -1.0)  # no look may be noisy, none is
    monkeypatch.setattr(run, "ask", lambda *_: {"answers": 1.0})
    monkeypatch.setattr(program, "ask", run.ask)
    with pytest.raises(SystemExit, match="not published"):
        run.start()
    assert not run.path.exists()


def test_a_part_is_not_published() -> None:
    with pytest.raises(SystemExit):
        program.main(["uvicorn"])


def test_too_few_minutes_are_refused_and_little_time_asks_for_less() -> None:
    with pytest.raises(SystemExit, match="needed at least"):
        plan.plan_for(1)
    short, whole = plan.plan_for(18), plan.plan_for(28)
    assert short.estimate() <= 18 * 60 < whole.estimate() <= 28 * 60
    assert {*short.questions} < {*whole.questions}
    assert {question.experiment for question in whole.questions} == EXPERIMENTS.keys()
    assert short.order(1) != short.order(2)
    assert sorted(map(str, short.order(1))) == sorted(map(str, short.order(2)))


@pytest.mark.parametrize("change", ["{}", '{"points": 1}'])
def test_a_file_of_another_shape_is_refused(change: str, tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.json"
    path.write_text(change, "utf-8")
    with pytest.raises(ValueError, match="make benchmark-servers"):
        load_benchmarks(path)
