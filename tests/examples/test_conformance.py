"""Every example keeps its interface's rules, under wsgiref.validate or asgion, on all drivers.

wsgiref.validate looks at the environ, at the arguments of start_response, at the types of what is
read and written, and that the iterable is closed. asgion looks at scope and events: types, order,
and some of what HTTP says. What they let pass is in test_validators.py. Both see the server's side
as well, of the one server that runs the example.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from helpers.catalogue import ALL, page_of
from helpers.conformance import validated, violations
from helpers.defects import Defect, judge
from helpers.drivers import Transcript, in_memory, on_socket
from helpers.element import find, set_source
from helpers.page_driver import in_page
from playwright.sync_api import Page

from runnable.catalogue.examples import Example, load_example
from runnable.catalogue.servers import server_of

TITLE_CASE = Defect(
    "Django writes header names as Content-Type: code.djangoproject.com/ticket/32586, and"
    " django/asgiref#246 on the text, which says that they must be lowercased",
    "asgion: HE-009",
)
ITERATOR = Defect(
    "Sanic sends its headers as a generator, where events hold lists, and some names in title"
    " case: sanic-org/sanic#2425. asgion reads it, and so the server gets none",
    r"asgion: (G-010|HE-009)|[\w ]+: no (cookie|header)",
)
EARLY = Defect(
    "Quart accepts a WebSocket in one task, and receives websocket.connect, which that answers, in"
    " another, later (www, Connect and Accept). No server here minds",
    "asgion: WF-00[237]",
)
TYPE_OF_NOTHING = Defect(
    "a 204 has a Content-Type: pallets/flask#5455, closed. RFC 9110 lets it; wsgiref.validate goes"
    " by RFC 2616",
    "delete: (status is 500|body is)|there is a traceback in .*Content-Type header found in a 204",
)
DEFECTS = {
    ("ASGI", "django", "*"): TITLE_CASE,
    ("ASGI", "sanic", "*"): ITERATOR,
    ("ASGI", "quart", "websocket"): EARLY,
    ("WSGI", "flask", "notes"): TYPE_OF_NOTHING,
    ("WSGI", "django", "notes"): TYPE_OF_NOTHING,
    ("WSGI", "django", "orm"): TYPE_OF_NOTHING,
}


def pair(example: Example) -> Any:
    interface = server_of(example).interface
    topic = example.path.parent.name
    topics = (topic, "*") if example.contract.requests else (topic,)
    known = (
        DEFECTS.get((interface, package, topic))
        for package in example.dependencies
        for topic in topics
    )
    defect = next(filter(None, known), None)
    marks = [defect.mark] if defect else []
    return pytest.param(validated(example, interface), defect, id=example.name, marks=marks)


# What an example does wrong on purpose, and by which rule, its contract says.
JUDGED = [
    example
    for example in ALL.values()
    if server_of(example).interface in ("WSGI", "ASGI") and not example.mistake
]
PAIRS = [pair(example) for example in JUDGED]
PAIRS_WITHOUT_THREADS = [pair(example) for example in JUDGED if not example.threads]


@pytest.mark.parametrize(("example", "defect"), PAIRS)
def test_on_a_socket(example: Example, defect: Defect | None, tmp_path: Path) -> None:
    judge(violations(served(example, tmp_path)), defect)


@pytest.mark.parametrize(("example", "defect"), PAIRS_WITHOUT_THREADS)
def test_in_memory(example: Example, defect: Defect | None) -> None:
    judge(violations(in_memory(example)), defect)


@pytest.mark.parametrize(("example", "defect"), PAIRS_WITHOUT_THREADS)
def test_in_the_page(page: Page, site_url: str, example: Example, defect: Defect | None) -> None:
    page.goto(site_url + page_of(example))
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
