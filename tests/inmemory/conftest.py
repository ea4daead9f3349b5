"""Fixtures for the tests of the network in memory."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.both_networks import APPS
from helpers.worker_process import WorkerProcess

from runnable.catalogue.examples import Example, load_example

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Example]:
    """The applications in wire/, by the server that is to serve them."""
    root = tmp_path_factory.mktemp("apps")
    shutil.copytree(HERE / "wire", root / "wire")
    shutil.copy(HERE.parent.parent / "examples" / "servers.toml", root)
    return {
        server: replace(load_example(root / "wire" / f"{name}.py"), server=server)
        for server, name in APPS.items()
    }


@pytest.fixture
def worker() -> Iterator[WorkerProcess]:
    with WorkerProcess() as process:
        yield process
