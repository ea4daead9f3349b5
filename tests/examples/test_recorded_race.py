"""A race of a real server with ten threads, which a browser has not: recorded for the pages.

`pytest --write-recorded tests/examples/test_recorded_race.py` records anew. The test records in any
case, holds what no time decides, and compares that with what is published.
"""

import platform
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path

import pytest
from helpers.copies import copy_of
from helpers.paths import ROOT
from helpers.patience import PATIENCE, wait_until
from helpers.serving import with_options

from runnable.catalogue.recorded_race import (
    RecordedRace,
    Times,
    at_once,
    load_recorded_race,
    write_recorded_race,
)
from runnable.harness.processes import RunningServer, boot

PUBLISHED = ROOT / "docs/data/recorded/ten-threads.json"
EXAMPLE = "blocking/flask_app.py"
THREADS = 10
COUNTS = (10, 50)
TRIES = 50
# Follows the example: says when the application was called, and when the call had returned.
TIMED = '''

def timed(application):
    """Note each call in the log, in one write: threads write at once."""
    import os

    def call(environ, start_response):
        called = time.monotonic()
        try:
            return application(environ, start_response)
        finally:
            number = environ.get("HTTP_X_NUMBER")
            os.write(2, f"timed {number} {called} {time.monotonic()} .\\n".encode())

    return call


app.wsgi_app = timed(app.wsgi_app)
'''


def seconds_in_application(server: RunningServer, name: str) -> tuple[float, float] | None:
    """When the application was called for a request, and when that call had returned."""
    for line in server.log().splitlines():
        match line.split():
            case ["timed", number, called, returned, "."] if number == name:
                return float(called), float(returned)
    return None


def run(server: RunningServer, count: int, try_: int) -> tuple[Times, ...]:
    """Send so many requests at once; give the times of each, in the order of the calls."""
    together = threading.Barrier(count + 1)

    def ask(number: int) -> tuple[float, float, float, float]:
        name = f"{count}-{try_}-{number}"
        connection = HTTPConnection(server.host, server.port, timeout=PATIENCE)
        together.wait(PATIENCE)
        connection.connect()
        made = time.monotonic()
        connection.request("GET", "/", headers={"X-Number": name, "Connection": "close"})
        answer = connection.getresponse()
        assert answer.read() == b"Waited 0.2 s\n"
        done = time.monotonic()
        connection.close()
        assert wait_until(lambda: seconds_in_application(server, name))
        called, returned = seconds_in_application(server, name) or (0, 0)
        return made, called, returned, done

    with ThreadPoolExecutor(count) as clients:
        asked = [clients.submit(ask, number) for number in range(count)]
        sent = time.monotonic()
        together.wait(PATIENCE)
    times = sorted((each.result() for each in asked), key=lambda each: each[1])
    return tuple(Times(*(round(1000 * (at - sent), 1) for at in each)) for each in times)


def crowded(server: RunningServer, count: int) -> tuple[Times, ...]:
    """A run in which all threads are busy at once: others may have the processors in some."""
    for try_ in range(TRIES):
        times = run(server, count, try_)
        assert at_once(times) <= THREADS
        if at_once(times) == THREADS:
            return times
    pytest.fail(f"in {TRIES} tries never {THREADS} calls at once")


def what_no_time_decides(race: RecordedRace) -> tuple[object, ...]:
    runs = [(len(times), at_once(times)) for times in race.runs]
    return race.example, race.title, race.threads, race.command, [*race.versions], runs


def test_ten_threads_serve_ten_at_once(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    example = copy_of(EXAMPLE, tmp_path)
    example.path.write_text(example.source + TIMED, "utf-8")
    with boot(example, with_options("gunicorn", "--threads", str(THREADS))) as server:
        runs = tuple(crowded(server, count) for count in COUNTS)
    race = RecordedRace(
        example=EXAMPLE,
        server="Gunicorn",
        threads=THREADS,
        command=f"gunicorn --threads {THREADS} {example.module}:{example.app}",
        date=datetime.now(UTC).date().isoformat(),
        versions={"Gunicorn": version("gunicorn"), "Python": platform.python_version()},
        runs=runs,
    )
    if request.config.getoption("--write-recorded"):
        write_recorded_race(race, PUBLISHED)
    assert what_no_time_decides(load_recorded_race(PUBLISHED)) == what_no_time_decides(race)
    # Each waits 0.2 s, and no thread serves two at once: fifty take five rounds.
    for times in load_recorded_race(PUBLISHED).runs:
        assert all(each.called >= 0 and each.returned - each.called >= 200 for each in times)
        rounds = len(times) / THREADS
        assert max(each.done for each in times) >= 200 * rounds


def test_what_is_no_recording_is_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    with pytest.raises(ValueError, match=r"none\.json: .*--write-recorded"):
        load_recorded_race(path)
    path.write_text('{"runs": [[[1, 2]]]}')
    with pytest.raises(ValueError, match=r"none\.json: .*--write-recorded") as error:
        load_recorded_race(path)
    assert "\n" not in str(error.value)
