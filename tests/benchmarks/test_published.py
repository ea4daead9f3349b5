"""What was measured and published: it has its shape, and bears out what the pages say of it."""

import statistics

import pytest
from helpers.paths import ROOT

from runnable.catalogue.benchmarks import BENCHMARKS, Benchmarks, Point, load_benchmarks

PATH = ROOT / BENCHMARKS
WAITS = {"waiting": 0.05, "ceiling": 0.05, "ways": 0.2}
RATE = "requests_per_second"
published = pytest.mark.skipif(not PATH.exists(), reason="not measured: make benchmark-servers")


@pytest.fixture(scope="module")
def benchmarks() -> Benchmarks:
    return load_benchmarks(PATH)


def points(benchmarks: Benchmarks, experiment: str, clients: int = 0) -> dict[str, Point]:
    """Give an experiment's points by subject; there have to be some."""
    asked = {p.subject: p for p in benchmarks.of(experiment) if clients in (0, p.clients)}
    assert asked
    return asked


def test_the_page_is_read_where_there_are_numbers() -> None:
    """It waits in docs/includes/ for the first run; then it moves, and has a line in the nav."""
    page, waiting = ROOT / "docs/performance.md", ROOT / "docs/includes/performance.md"
    shown = ": performance.md\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
    assert shown == page.exists() == PATH.exists() != waiting.exists()


@published
def test_every_server_has_answered(benchmarks: Benchmarks) -> None:
    assert len(benchmarks.noise) >= 2
    for point in benchmarks.points:
        assert len(point.rounds) >= 3
        assert point.median("first_answer_s") > 0
        if point.experiment in {"waiting", "ceiling", "ways", "computing", "hello", "mix"}:
            assert point.spread(RATE)[1] > 0, point
            assert len(point.values("p50_ms")) == sum(rate > 0 for rate in point.values(RATE))


@published
def test_no_server_passes_its_ceiling(benchmarks: Benchmarks) -> None:
    for experiment in ("waiting", "ceiling"):
        for subject, point in points(benchmarks, experiment).items():
            about = benchmarks.subjects[subject]
            if about.threads is not None:
                most = about.threads * about.workers / WAITS[experiment]
                assert point.spread(RATE)[1] <= most * 1.05, point


@published
def test_with_ten_clients_all_that_let_ten_wait_are_alike(benchmarks: Benchmarks) -> None:
    rates = {
        subject: point.median(RATE)
        for subject, point in points(benchmarks, "waiting", 10).items()
        if benchmarks.subjects[subject].threads != 1
    }
    assert min(rates.values()) > 0.7 * max(rates.values()), rates


def rates_of_waiting(benchmarks: Benchmarks, clients: int) -> tuple[list[float], list[float]]:
    """Give the rates of those with a hundred threads, and of those with one event loop."""
    threads, loops = [], []
    for subject, point in points(benchmarks, "waiting", clients).items():
        about = benchmarks.subjects[subject]
        if about.threads == 100:
            threads.append(point.median(RATE))
        elif about.interface != "WSGI":
            loops.append(point.median(RATE))
    return threads, loops


@published
def test_a_hundred_threads_and_an_event_loop_serve_a_hundred_clients_alike(
    benchmarks: Benchmarks,
) -> None:
    threads, loops = rates_of_waiting(benchmarks, 100)
    assert len(threads) > 3 < len(loops)
    assert min(threads + loops) > 1000
    assert max(threads + loops) <= 2000


@published
def test_event_loops_pass_the_ceiling_of_a_hundred_threads(benchmarks: Benchmarks) -> None:
    threads, loops = rates_of_waiting(benchmarks, 500)
    assert max(threads) <= 100 / WAITS["waiting"]
    assert statistics.median(loops) > 2 * 100 / WAITS["waiting"]


@published
def test_blocking_the_loop_answers_one_at_a_time(benchmarks: Benchmarks) -> None:
    rates = {name: point.median(RATE) for name, point in points(benchmarks, "ways", 100).items()}
    assert rates["way-blocking"] <= 1 / WAITS["ways"] * 1.1
    assert rates["way-def"] <= 40 / WAITS["ways"] * 1.05
    assert rates["way-await"] > rates["way-def"] > rates["way-blocking"]


@published
def test_short_requests_wait_longest_on_an_event_loop(benchmarks: Benchmarks) -> None:
    kinds: dict[bool, list[float]] = {True: [], False: []}
    for subject, point in points(benchmarks, "mix").items():
        about = benchmarks.subjects[subject]
        if about.interface != "WSGI" or (about.threads or 0) > 1:
            kinds[about.interface != "WSGI"].append(point.median("p50_ms"))
    assert statistics.median(kinds[True]) > 2 * statistics.median(kinds[False]), kinds


@published
def test_no_more_streams_begin_than_there_are_threads(benchmarks: Benchmarks) -> None:
    for subject, point in points(benchmarks, "streams").items():
        about = benchmarks.subjects[subject]
        if about.threads is not None:
            assert point.spread("begun")[1] <= about.threads * about.workers, point


@published
def test_four_workers_take_more_memory_than_one(benchmarks: Benchmarks) -> None:
    asked = points(benchmarks, "rest")
    pairs = [(name, f"{name}-4-workers") for name in asked if f"{name}-4-workers" in asked]
    assert pairs
    for one, four in pairs:
        assert asked[four].median("memory_mib") > asked[one].median("memory_mib"), one


@published
def test_every_websocket_takes_memory(benchmarks: Benchmarks) -> None:
    for point in points(benchmarks, "websockets").values():
        assert point.median("kib_each") > 0, point


@published
def test_the_page_says_how_unsteady_the_machine_was(benchmarks: Benchmarks) -> None:
    """Half as long again, in the page's words; it says "two processors", too."""
    assert statistics.median(noise.spread for noise in benchmarks.noise) < 0.55
    assert benchmarks.machine["processors"] == "1 for the server, 1 for the load"
