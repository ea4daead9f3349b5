"""CPython's own tests of asyncio's servers and streams pass on the in-memory network."""

import pytest
from helpers.missing import missing

try:
    from helpers import cpython_tests
except ModuleNotFoundError as error:
    if error.name not in ("test", "test.support", "test.test_asyncio"):
        raise
    cpython_tests = None  # type: ignore[assignment]

MISSING = (
    "this Python is without the package `test`, CPython's own tests: install Debian's "
    "libpython3.13-testsuite, or let .venv use a Python built from its sources, as pyenv's is"
)

UNIX = "there are no UNIX sockets on this network"
TLS = "there is no TLS on this network"
WINDOWS = "the Proactor loop is that of Windows"
SERVER = "its server is a real socket, in a thread"
CLIENT = "its client is a real socket"
PROCESS = "it reads from a process, and has no connection"
LEFT_OUT = {
    "BufferedProtocolProactorTests.test_buffered_proto_create_connection": WINDOWS,
    "ProactorStartServerTests.test_start_server_1": WINDOWS,
    "SelectorStartServerTests.test_start_unix_server_1": UNIX,
    "StreamTests.test_drain_raises": SERVER,
    "StreamTests.test_open_connection_no_loop_ssl": TLS,
    "StreamTests.test_open_unix_connection": UNIX,
    "StreamTests.test_open_unix_connection_error": UNIX,
    "StreamTests.test_open_unix_connection_no_loop_ssl": UNIX,
    "StreamTests.test_read_all_from_pipe_reader": PROCESS,
    "StreamTests.test_start_tls": TLS,
    "StreamTests.test_start_unix_server": UNIX,
    "StreamTests.test_unclosed_server_resource_warnings": CLIENT,
    "UnixServerCleanupTests.test_unix_server_addr_cleanup": UNIX,
    "UnixServerCleanupTests.test_unix_server_cleanup_gone": UNIX,
    "UnixServerCleanupTests.test_unix_server_cleanup_prevented": UNIX,
    "UnixServerCleanupTests.test_unix_server_cleanup_replaced": UNIX,
    "UnixServerCleanupTests.test_unix_server_sock_cleanup": UNIX,
}
# How many there are at least in CPython 3.13, so that a change that loses some is seen.
RUN, WITH_A_CONNECTION = 70, 18

TESTS = cpython_tests.collect() if cpython_tests else {}


# Once a process: a test of unittest runs once, and tests of other files may come in between.
@pytest.fixture(scope="session")
def outcomes() -> "dict[str, cpython_tests.Outcome]":
    return {name: cpython_tests.run(TESTS[name]) for name in TESTS if name not in LEFT_OUT}


@pytest.mark.parametrize("name", sorted(TESTS.keys() - LEFT_OUT.keys()))
def test_it_passes(outcomes: "dict[str, cpython_tests.Outcome]", name: str) -> None:
    assert not outcomes[name].problems


def test_as_many_ran_as_there_are(outcomes: "dict[str, cpython_tests.Outcome]") -> None:
    if not TESTS:
        missing(MISSING)
    assert not LEFT_OUT.keys() - TESTS.keys()  # what has gone is not left out
    assert len(outcomes) >= RUN
    assert sum(bool(outcome.connections) for outcome in outcomes.values()) >= WITH_A_CONNECTION
