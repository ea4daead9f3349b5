"""Fixtures of the capability tests: a test measures on `server`, and calls `record`.

Each runs once for every server that expectations.py names for it, server by server, so that what
`running` gives can stay up from one test to the next.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.capabilities import published
from helpers.capabilities.expectations import HERE, SERVERS, Capability, Record, Value, capabilities
from helpers.capabilities.keeper import Keeper
from helpers.defects import DEFECTS, KnownDefectError, marks

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

ORDER = list(SERVERS)
MEASURED = pytest.StashKey[dict[published.Cell, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MEASURED] = {}
    missing = list(filter(None, (server.missing() for server in SERVERS.values())))
    if missing and config.getoption("write_capabilities"):
        raise pytest.UsageError("; ".join(missing))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that records once for each server of its capability."""
    if "record" not in metafunc.fixturenames:
        return
    name = metafunc.function.__name__
    key = name.removeprefix("test_").replace("_", "-")
    capability = capabilities().get(key)
    if capability is None or capability.module != Path(metafunc.module.__file__):
        group = Path(metafunc.module.__file__).stem.removeprefix("test_")
        raise pytest.UsageError(f"{name} measures no capability: add [{key}] to {group}.toml")
    metafunc.parametrize("cell", [_cell(capability, server) for server in capability.expected])


def _cell(capability: Capability, server: str) -> object:
    defect = DEFECTS.get(capability.expected[server].defect)
    return pytest.param((capability, server), id=server, marks=marks(defect))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of one server together, and last those that end it.

    It is stable, so that they stay in the files' order.
    """
    places = [place for place, item in enumerate(items) if _server(item)]
    ordered = sorted(
        (items[place] for place in places),
        key=lambda it: (ORDER.index(_server(it)), bool(it.get_closest_marker("ends_server"))),
    )
    for place, item in zip(places, ordered, strict=True):
        items[place] = item


def _server(item: pytest.Item) -> str:
    """The server that an item measures, if it is one of ours."""
    callspec = getattr(item, "callspec", None)
    if callspec is None or item.path.parent != HERE or "cell" not in callspec.params:
        return ""
    name: str = callspec.params["cell"][1]
    return name


@pytest.fixture
def server(cell: tuple[Capability, str], need: Callable[[ServerSpec], None]) -> ServerSpec:
    """The server to measure."""
    spec = SERVERS[cell[1]]
    need(spec)
    return spec


@pytest.fixture
def record(cell: tuple[Capability, str], request: pytest.FixtureRequest) -> Record:
    """What a test calls in the end, with the value that it measured and a line of evidence."""
    capability, name = cell
    expected = capability.expected[name]

    def record(value: Value, evidence: str) -> None:
        if expected.option and value == "no":
            value = expected.value
            evidence += f"; otherwise in {expected.option}"
        if value != expected.value:
            pytest.fail(
                f"{capability.key} of {name} is {value!r} ({evidence}), not {expected.value!r}:"
                f" change {capability.group}.toml, then run `make capabilities`",
                pytrace=False,
            )
        request.config.stash[MEASURED][capability.key, name] = evidence
        if expected.defect:
            raise KnownDefectError(evidence)

    return record


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.getoption("write_capabilities"):
        published.write(session.config.stash[MEASURED])


@pytest.fixture(scope="session")
def keeper() -> Iterator[Keeper]:
    with Keeper() as keeper:
        yield keeper


@pytest.fixture
def running(server: ServerSpec, keeper: Keeper) -> RunningServer:
    """The server, with the application of its interface, up since an earlier test if it can be."""
    return keeper.boot(server)
