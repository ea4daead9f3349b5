"""Every example keeps its interface's rules, under wsgiref.validate or asgion, on all drivers.

wsgiref.validate looks at the environ, at the arguments of start_response, at the types of what is
read and written, and that the iterable is closed. asgion looks at scope and events: types, order,
and some of what HTTP says. What they let pass is in test_validators.py. Both see the server's side
as well, of the one server that runs the example.
"""

import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest
from helpers.catalogue import ALL
from helpers.conformance import validated, violations
from helpers.defects import DEFECTS, judge, marks
from helpers.drivers import Transcript, in_memory, on_socket
from helpers.element import find, set_source
from helpers.page_driver import in_page
from helpers.pairs import OWN, Pair, cover, facets, frameworks, marks_of_pair
from playwright.sync_api import Page

from runnable.catalogue.defects import Defect, find_defect
from runnable.catalogue.examples import Example, load_example
from runnable.catalogue.servers import server_of


def param(example: Example, tried: Collection[Pair] = OWN) -> Any:
    defect = find_defect(DEFECTS.values(), example)
    wrapped = validated(example, server_of(example).interface)
    marked = [*marks(defect), *marks_of_pair((example.server, example.name), tried)]
    return pytest.param(wrapped, defect, id=example.name, marks=marked)


# What an example does wrong on purpose, and by which rule, its contract says.
JUDGED = [
    example
    for example in ALL.values()
    if server_of(example).interface in ("WSGI", "ASGI") and not example.mistake
]
WITHOUT_THREADS = [example for example in JUDGED if not example.threads]
# All drivers answer alike, which test_three_drivers.py sees. So memory has all of the judged, a
# page one of each framework, and a socket what memory has not, and some of each topic.
TRIED_IN_PAGE = cover([(example.server, example.name) for example in WITHOUT_THREADS], frameworks)
TRIED_ON_A_SOCKET = {
    *cover([(example.server, example.name) for example in JUDGED], facets),
    *((example.server, example.name) for example in JUDGED if example.threads),
}


@pytest.mark.parametrize(
    ("example", "defect"), [param(example, TRIED_ON_A_SOCKET) for example in JUDGED]
)
def test_on_a_socket(example: Example, defect: Defect | None, tmp_path: Path) -> None:
    judge(violations(served(example, tmp_path)), defect)


@pytest.mark.parametrize(("example", "defect"), [param(example) for example in WITHOUT_THREADS])
def test_in_memory(example: Example, defect: Defect | None) -> None:
    judge(violations(in_memory(example)), defect)


@pytest.mark.parametrize(
    ("example", "defect"), [param(example, TRIED_IN_PAGE) for example in WITHOUT_THREADS]
)
def test_in_the_page(
    open_example: Callable[[str], Page], example: Example, defect: Defect | None
) -> None:
    page = open_example(example.name)
    set_source(find(page, example.name), example.source)
    judge(violations(in_page(page, example)), defect)


def served(example: Example, folder: Path) -> Transcript:
    """Serve a changed example: as a file, beside its contract."""
    topic = folder / example.path.parent.name
    topic.mkdir()
    shutil.copy(example.path.parent / "requests.toml", topic)
    shutil.copy(example.path.parent.parent / "servers.toml", folder)
    (topic / example.path.name).write_text(example.source, "utf-8")
    return on_socket(load_example(topic / example.path.name))
