"""What pages show of real servers as it was recorded, for a browser has no threads or processes.

`pytest --write-recorded tests/examples/test_recorded.py` records anew. Each test makes its
recording again, holds what the page says of it, and compares it with the file, all but times and
counts.
"""

import math
import re
import select
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection

import pytest
from helpers.catalogue import ALL, SERVERS
from helpers.paths import ROOT
from helpers.patience import PATIENCE

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer, boot

FOLDER = ROOT / "docs/data/recorded"
Keep = Callable[[str, str], None]


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Keep:
    """Write a recording, or compare it with the one that is published."""

    def masked(text: str) -> str:
        return re.sub(r"\b[\d.]+( s\b)|(?<=visits:).*", r"<>\1", text)

    def keep(name: str, text: str) -> None:
        path = FOLDER / f"{name}.txt"
        if request.config.getoption("--write-recorded"):
            path.write_text(text, "utf-8")
        assert masked(path.read_text("utf-8")) == masked(text)

    return keep


def ask(server: RunningServer, path: str, method: str = "GET") -> tuple[str, list[float]]:
    """Send a request; give the answer's body, and when each line of it had come, in seconds."""
    connection = HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        assert answer.status == 200
        body, times = b"", []
        while line := answer.readline():
            body += line
            times.append(time.monotonic())
        return body.decode(), times
    finally:
        connection.close()


def seconds_of(server: RunningServer, path: str, count: int) -> float:
    """Send requests at once; give the seconds until the last was answered."""
    with ThreadPoolExecutor(count) as clients:
        started = time.monotonic()
        list(clients.map(lambda _: ask(server, path), range(count)))
        return time.monotonic() - started


def quickest(server: RunningServer, path: str, count: int, limit: float) -> float:
    """The same, tried until it takes less than a limit: others may have the processors."""
    tries = (seconds_of(server, path, count) for _ in range(50))
    return next(seconds for seconds in tries if seconds < limit)


def test_the_forty_first_request_waits_for_a_thread(keep: Keep) -> None:
    with boot(ALL["sync_async/fastapi_app.py"]) as server:
        forty_one = min(seconds_of(server, "/def", 41) for _ in range(3))
        forty = quickest(server, "/def", 40, forty_one)
    assert forty_one >= 2 * 0.2  # in two rounds, however quick the machine
    keep(
        "forty-first",
        "$ uvicorn fastapi_app:app\n"
        f"40 requests at once to /def: all answered after {forty:.2f} s\n"
        f"41 requests at once to /def: all answered after {forty_one:.2f} s\n",
    )


BRIDGES = {"a2wsgi": "wsgi_in_asgi", "asgiref": "wsgi_in_asgi_by_asgiref"}


def answers_before_the_body(server: RunningServer) -> bool:
    """Announce a body, send none, and say whether an application that reads none answers."""
    connection = HTTPConnection(server.host, server.port, timeout=PATIENCE)

    def has_answer(seconds: float = 0) -> bool:
        return bool(select.select([connection.sock], [], [], seconds)[0])

    try:
        connection.putrequest("GET", "/wait")
        connection.putheader("Content-Length", "5")
        connection.endheaders()
        # The application, once it is called, waits for 0.2 s, idle.
        if not has_answer(1) and server.wait_until_idle(unless=has_answer):
            return False
        return connection.getresponse().status == 200
    finally:
        connection.close()


def test_bridges_differ_in_threads_and_in_what_they_keep(keep: Keep) -> None:
    lines, six, early = ["$ uvicorn …:app"], {}, {}
    for name, module in BRIDGES.items():
        with boot(ALL[f"bridges/{module}_app.py"]) as server:
            six[name] = quickest(server, "/wait", 6, math.inf if name == "asgiref" else 6 * 0.2)
            early[name] = answers_before_the_body(server)
        lines.append(f"{name}: 6 requests at once to /wait: all answered after {six[name]:.2f} s")
        begins = "at once" if early[name] else "when the body is there"
        lines.append(f"{name}: the application is called {begins}")
    assert six["asgiref"] >= 6 * 0.2 > six["a2wsgi"]
    assert early == {"a2wsgi": True, "asgiref": False}
    keep("bridges", "\n".join(lines) + "\n")


def test_an_async_view_of_flask_holds_its_worker(keep: Keep) -> None:
    with boot(ALL["sync_async/flask_app.py"]) as server:
        one = min(seconds_of(server, "/await", 1) for _ in range(2))
        six = seconds_of(server, "/await", 6)
        both = quickest(server, "/to-thread", 1, 0.4)  # two waits of 0.2 s, at once
    assert six >= 6 * 0.2
    keep(
        "flask-async",
        "$ gunicorn flask_app:app\n"
        f"1 request to /await: answered after {one:.2f} s\n"
        f"6 requests at once to /await: all answered after {six:.2f} s\n"
        f"1 request to /to-thread, which waits twice: answered after {both:.2f} s\n",
    )


def with_four_workers(server: ServerSpec) -> ServerSpec:
    command = [*server.command]
    command[3:3] = ["--workers", "4"]
    return replace(server, command=tuple(command))


def visits(server: RunningServer) -> int:
    """Visit, and give the number of visits that the answer names."""
    return int(ask(server, "/", "POST")[0].split()[0])


def is_one_count(numbers: list[int]) -> bool:
    return numbers == [*range(1, len(numbers) + 1)]


def test_four_workers_have_four_modules(keep: Keep) -> None:
    lines, counts = [], {}
    for name in ("state_wrong", "state_right"):
        example = ALL[f"mistakes/{name}_app.py"]
        with boot(example, with_four_workers(SERVERS["gunicorn"])) as server:
            counts[name] = [visits(server) for _ in range(40)]
            # A worker may take all requests for a while, where the others get no processor.
            while name == "state_wrong" and is_one_count(counts[name]):
                assert len(counts[name]) < 4000, "one worker alone has answered"
                counts[name].append(visits(server))
        shown = " ".join(
            map(str, counts[name][-20:] if name == "state_wrong" else counts[name][:20])
        )
        lines += [f"$ gunicorn --workers 4 {name}_app:app", f"visits: {shown} …"]
    assert is_one_count(counts["state_right"])
    keep("four-workers", "\n".join(lines) + "\n")
