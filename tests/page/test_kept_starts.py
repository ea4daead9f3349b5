"""A start that the browser keeps: a visit begins with it, as after a plain start; in Chromium.

These tests fail, too, where an upgrade of Pyodide changes what worker/pyodide.js calls.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.catalogue import ALL, page_of
from helpers.drivers import published_on_socket
from helpers.element import HELLO, await_interpreters, find, press, set_source
from helpers.kept_starts import await_kept, kept_starts, spoil
from helpers.page_driver import in_page
from helpers.pairs import IN_PAGE
from helpers.patience import wait_until
from playwright.sync_api import Page, expect

LITTLE_ROOM = Path(__file__).with_name("little_room.js")
BARE = "hello/bare_asgi_app.py"
IN_TEXT = "async e => new TextDecoder().decode((await e.request({path: '/'})).body)"
# What a start from a snapshot could freeze. Two starts have the first alike, and not the second.
STATE = (
    HELLO.replace('b"edited hello"', "state()")
    + r"""
import gc, importlib.metadata, json, logging, multiprocessing, os, random, secrets, sys, time, uuid
IN_TURN = [time.time(), time.time()]

def state():
    same = {
        "environment": dict(os.environ),
        "path": sys.path,
        "finders": [getattr(f, "__name__", type(f).__name__) for f in sys.meta_path],
        "hooks": len(sys.path_hooks),
        "zone": [time.timezone, time.altzone, time.tzname, time.localtime(0).tm_hour],
        "folder": os.getcwd(),
        "version": importlib.metadata.version("h11"),
        "names": "ä.de".encode("idna").decode() + "ä".encode("cp1250").hex(),
        "late": __import__("colorsys").__file__,
        "clock": [time.sleep.__module__, time.perf_counter() <= time.perf_counter()],
        "streams": [type(sys.stdout).__name__, type(sys.stderr).__name__],
        "files": sorted(os.listdir("/proc/self/fd")),
    }
    held = [g for g in gc.get_objects() if issubclass(type(g), random.Random)]
    differs = {
        "random": random.random(),
        "uuid": [str(uuid.uuid4()), str(uuid.uuid1())],
        "secret": secrets.token_hex(),
        "system": os.urandom(8).hex(),
        "held": [g.random() for g in held],
        "key": bytes(multiprocessing.current_process().authkey).hex(),
    }
    times = [logging._startTime / 1e9, time.time()]
    return json.dumps([same, differs, times]).encode()
"""
)


def visit(page: Page, site_url: str) -> Page:
    """Open the page in another tab of the same browser."""
    other = page.context.new_page()
    other.goto(site_url + page_of(ALL[BARE]))
    return other


def make(page: Page, site_url: str, name: str = BARE) -> dict[str, Any]:
    """Run an example, and wait until its start is kept."""
    page.goto(site_url + page_of(ALL[name]))
    find(page, name).evaluate("example => example.run()")  # some stand in a tab behind another
    [kept] = await_kept(page)
    return kept


def state(page: Page) -> Any:
    """What the interpreter of a run is like: what all have alike, and what no two have."""
    example = find(page, BARE)
    opened = page.evaluate("performance.timeOrigin / 1000")
    set_source(example, STATE)
    press(example, "Run")
    body = example.locator(".runnable-body")
    expect(body).to_contain_text("environment")
    text = example.evaluate(IN_TEXT)
    same, differs, [logging_began, now] = json.loads(text)
    assert opened <= logging_began <= now <= page.evaluate("Date.now() / 1000 + 1")
    return same, differs


def test_a_visit_that_begins_with_it_is_like_one_that_began_plainly(
    page: Page, site_url: str
) -> None:
    page.goto(site_url + page_of(ALL[BARE]))
    states = [state(page)]
    [kept] = await_kept(page)
    assert kept["size"] > 2**20
    for _ in range(2):
        before = kept_starts(page)[0]["at"]
        states.append(state(visit(page, site_url)))
        assert kept_starts(page)[0]["at"] > before  # it was used
    (same, _), *restored = states
    for other, _ in restored:
        assert other == same
    for key in states[0][1]:
        values = {json.dumps(differs[key]) for _, differs in states}
        assert len(values) == len(states), key


DOUBTS = [
    "its state",  # Python fails in it
    "its use",  # an interpreter has begun with it, and has never started
    *(pytest.param(what, marks=pytest.mark.weekly) for what in ("a byte", "its end", "its head")),
]


@pytest.mark.parametrize("what", DOUBTS)
def test_one_that_is_in_doubt_is_forgotten_and_the_run_begins_plainly(
    page: Page, site_url: str, what: str
) -> None:
    make(page, site_url)
    spoil(page, what)
    spoiled = kept_starts(page)[0]["hash"]
    page.reload()
    example = find(page, BARE)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello")
    assert spoiled not in [kept["hash"] for kept in kept_starts(page)]  # another may be made


def test_none_is_made_where_there_is_little_room(page: Page, site_url: str) -> None:
    page.add_init_script(path=LITTLE_ROOM)
    page.goto(site_url + page_of(ALL[BARE]))
    press(find(page, BARE), "Run")
    assert wait_until(lambda: page.evaluate("globalThis.askedForRoom"))
    await_interpreters(page, 2)  # the one that runs, and the spare
    assert kept_starts(page) == []


def test_a_reader_sees_what_is_kept_and_removes_it(page: Page, site_url: str) -> None:
    make(page, site_url)
    set_source(find(page, BARE), HELLO)
    page.goto(f"{site_url}running/#kept")
    here = page.locator(".kept-here")
    expect(here.get_by_text("Starts of interpreters: 1, 31 MB")).to_be_visible()
    expect(here.get_by_text(f"Edited examples: {BARE}")).to_be_visible()
    here.get_by_role("button", name="Remove the starts").click()
    expect(here.get_by_text("Starts of interpreters: none")).to_be_visible()
    expect(here.get_by_role("status")).to_have_text("The starts are removed.")
    assert kept_starts(page) == []


def by_packages() -> list[list[str]]:
    """The examples that run in the page, together where they begin with the same packages."""
    found: dict[tuple[str, ...], list[str]] = {}
    for server, name in IN_PAGE:
        example = ALL[name]
        websockets = "websockets" if example.contract.websockets else ""  # which take one more
        key = (server, websockets, *sorted(example.dependencies))
        if server == example.server:
            found.setdefault(key, []).append(name)
    return [*found.values()]


SAMPLE = ["hello/flask_app.py"]
ALIKE = [
    pytest.param(SAMPLE, id=SAMPLE[0]),
    *(pytest.param(names, id=names[0], marks=pytest.mark.weekly) for names in by_packages()),
]


@pytest.mark.parametrize("names", ALIKE)
def test_transcripts_are_those_of_a_plain_start(
    page: Page, site_url: str, names: list[str]
) -> None:
    kept = make(page, site_url, names[0])
    if kept["size"] == 0:
        assert {"fastapi", "pyramid"} & {*ALL[names[0]].dependencies}
        return
    tab = page.context.new_page()
    page.close()
    for name in names:
        tab.goto(site_url + page_of(ALL[name]))
        before = kept_starts(tab)[0]["at"]
        transcript = in_page(tab, ALL[name])
        assert kept_starts(tab)[0]["at"] > before  # it was used
        assert transcript.complaints == []
        assert transcript == replace(published_on_socket(name, ALL[name].server), complaints=[])
