"""A real PostgreSQL: how many queries wait at once, by driver, threads, pool and workers.

docs/guides/databases.md quotes the outcome, from docs/data/.
"""

import http.client
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from helpers import recorded
from helpers.catalogue import SERVERS
from helpers.drivers import on_socket
from helpers.missing import missing
from helpers.paths import EXAMPLES
from helpers.patience import PATIENCE, wait_until
from helpers.services import postgresql
from helpers.serving import with_options

from runnable.catalogue.examples import load_example
from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer, boot

FOLDER = EXAMPLES / "deploy/databases"
NAMES = sorted(path.stem for path in FOLDER.glob("*_app.py"))
REQUESTS = 20


@pytest.fixture(scope="module")
def database() -> Iterator[Callable[[str], Any]]:
    """A PostgreSQL with the examples' table; runs a statement, and gives the first value."""
    if find_spec("psycopg") is None:
        missing("psycopg is missing: make .venv/.servers")
    import psycopg

    with postgresql() as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        with psycopg.connect(url, autocommit=True) as connection:

            def run(statement: str) -> Any:
                cursor = connection.execute(statement)
                return cursor.fetchone()[0] if cursor.description else None

            run((FOLDER / "schema.sql").read_text("utf-8"))
            yield run


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_do_what_their_contract_says(
    name: str, database: Callable[[str], Any], need: Callable[[ServerSpec], None]
) -> None:
    database("TRUNCATE notes")
    example = load_example(FOLDER / f"{name}.py")
    transcript = on_socket(example, SERVERS[example.server])
    assert transcript.complaints == []
    # What a pool says that was not closed, after five seconds for each of its threads.
    assert not any("couldn't stop thread" in line for line in transcript.log)


@dataclass(frozen=True)
class Case:
    """What is asked: a row of the guide's table.

    Attributes:
        label: What the table calls the program and its server.
        name: The example.
        server: A table of servers.toml.
        pool: How many connections its pool has.
        expected: How many queries wait at once.
        options: What the server's command has more.
        path: What is asked for.
    """

    label: str
    name: str
    server: str
    pool: int
    expected: int
    options: tuple[str, ...] = ()
    path: str = "/"


FLASK, ASYNC, THREADS = "flask_app", "starlette_app", "starlette_threads_app"
CASES = [
    Case("Flask on Gunicorn, one thread", FLASK, "gunicorn", 10, 1),
    Case("Flask on Gunicorn, `--threads 4`", FLASK, "gunicorn-gthread", 10, 4),
    Case("Flask, `--threads 20`", FLASK, "gunicorn-gthread", 10, 10, ("--threads", "20")),
    Case("Starlette, the same driver in `def`", THREADS, "uvicorn", 10, 10),
    Case("Starlette, the same in `async def`", THREADS, "uvicorn", 10, 1, path="/blocking"),
    Case("Starlette, the async driver", ASYNC, "uvicorn", 10, 10),
    Case("Starlette, the async driver", ASYNC, "uvicorn", 20, 20),
]
SAMPLE = [CASES[1], CASES[4]]
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
ALL_OTHERS = (
    "SELECT pid FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND pid != pg_backend_pid()"
)
OTHERS = f"SELECT count(*) FROM ({ALL_OTHERS}) AS others"


def queries_at_once(case: Case, database: Callable[[str], Any]) -> int:
    """Lock the table, send requests that read it, and count the queries that wait for it."""
    import psycopg

    spec = with_options(case.server, *case.options)
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(REQUESTS) as clients:
        patch.setenv("POOL_SIZE", str(case.pool))
        with boot(load_example(FOLDER / f"{case.name}.py"), spec) as server:
            assert wait_until(lambda: database(OTHERS) == case.pool)
            with psycopg.connect(os.environ["DATABASE_URL"]) as keeper:
                keeper.execute("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE")
                sent = threading.Barrier(REQUESTS + 1)
                answers = [clients.submit(get, server, case.path, sent) for _ in range(REQUESTS)]
                sent.wait(PATIENCE)
                wait_until(lambda: database(WAITING) >= case.expected)
                server.wait_until_idle()
                found = database(WAITING)
            # The lock is gone.
            assert [answer.result() for answer in answers] == [200] * REQUESTS
    return int(found)


def get(server: RunningServer, path: str, sent: threading.Barrier | None = None) -> int:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        if sent:
            sent.wait(PATIENCE)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: f"{case.label}, {case.pool}")
def test_threads_or_the_pool_limit_the_queries_at_once(
    case: Case, database: Callable[[str], Any]
) -> None:
    assert queries_at_once(case, database) == case.expected


@pytest.mark.weekly
def test_how_many_queries_wait_at_once(
    database: Callable[[str], Any], pytestconfig: pytest.Config
) -> None:
    rows = ["| Program | Pool | Queries at once, of 20 requests |", "| --- | --- | --- |"]
    rows += [
        f"| {case.label} | {case.pool} | **{queries_at_once(case, database)}** |" for case in CASES
    ]
    write = pytestconfig.getoption("--write-recorded")
    recorded.compare("recorded/queries.txt", "\n".join([*rows, ""]), write=write)


def test_every_worker_has_a_pool_of_its_own(
    database: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POOL_SIZE", "5")
    patient = ("--workers", "2", "--timeout-worker-healthcheck", f"{PATIENCE:.0f}")
    example = load_example(FOLDER / f"{ASYNC}.py")
    with boot(example, with_options("uvicorn", *patient)):
        assert wait_until(lambda: database(OTHERS) == 2 * 5)


def test_the_database_refuses_one_connection_too_many(database: Callable[[str], Any]) -> None:
    import psycopg

    url = os.environ["DATABASE_URL"]
    with ExitStack() as stack:
        # One is the fixture's own.
        for _ in range(int(database("SHOW max_connections")) - 1):
            stack.enter_context(closing(psycopg.connect(url)))
        with pytest.raises(psycopg.OperationalError, match="too many clients already"):
            psycopg.connect(url)


CHECKED = ("open=False", "open=False, check=AsyncConnectionPool.check_connection")


@pytest.mark.weekly
@pytest.mark.parametrize(("change", "status"), [(("", ""), 500), (CHECKED, 200)])
def test_a_connection_that_broke_fails_one_request_unless_it_is_checked(
    change: tuple[str, str], status: int, database: Callable[[str], Any], tmp_path: Path
) -> None:
    shutil.copytree(FOLDER, tmp_path / "databases")
    path = tmp_path / f"databases/{ASYNC}.py"
    source = path.read_text("utf-8")
    assert source.count(CHECKED[0]) == 1
    path.write_text(source.replace(*change), "utf-8")
    with boot(load_example(path), SERVERS["uvicorn"]) as server:
        assert wait_until(lambda: database(OTHERS) == 4)
        database(f"SELECT count(pg_terminate_backend(pid)) FROM ({ALL_OTHERS}) AS others")
        assert get(server, "/") == status
        # The pool replaces what broke.
        assert wait_until(lambda: get(server, "/") == 200)
