"""Every example answers alike on a socket, in memory, and in the page: as its contract says.

Under its own server, and under every other that a reader may choose for it in the page. On a
socket, the others are in test_servers_matrix.py.
"""

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from drivers import Transcript, in_memory, on_socket
from page_driver import in_page
from playwright.sync_api import Page

from runnable.choice import servers_in_page
from runnable.examples import Example, find_examples
from runnable.servers import ServerSpec, server_of

ROOT = Path(__file__).parent.parent
EXAMPLES = {example.name: example for example in find_examples(ROOT / "examples")}
PAIRS = [
    (name, server.name) for name, example in EXAMPLES.items() for server in servers_in_page(example)
]
# A run in the page takes seconds: under another server than its own, one of notes/ an interface.
NOTES = ("notes/flask_app.py", "notes/quart_app.py")
PAIRS_IN_PAGE = [
    (name, server)
    for name, server in PAIRS
    if server == EXAMPLES[name].server or name in NOTES or not name.startswith("notes/")
]


@functools.cache
def transcript_on_socket(name: str, server: str) -> Transcript:
    return on_socket(EXAMPLES[name], server)


def page_of(example: Example) -> str:
    """The page that embeds an example, below the site's address."""
    for file in sorted((ROOT / "docs").rglob("*.md")):
        if f'src="{example.name}"' in file.read_text():
            page = file.relative_to(ROOT / "docs").with_suffix("")
            return f"{page}/".removesuffix("index/")
    raise AssertionError(f"no page embeds {example.name}")


@pytest.mark.parametrize("name", EXAMPLES)
def test_on_a_socket(name: str) -> None:
    assert transcript_on_socket(name, EXAMPLES[name].server).complaints == []


@pytest.mark.parametrize(("name", "server"), PAIRS)
def test_in_memory(name: str, server: str, need: Callable[[ServerSpec], None]) -> None:
    need(server_of(EXAMPLES[name], server))
    transcript = in_memory(EXAMPLES[name], server)
    assert transcript.complaints == []
    assert transcript == replace(transcript_on_socket(name, server), complaints=[])


@pytest.mark.parametrize(("name", "server"), PAIRS_IN_PAGE)
def test_in_the_page(
    page: Page, site_url: str, name: str, server: str, need: Callable[[ServerSpec], None]
) -> None:
    need(server_of(EXAMPLES[name], server))
    page.goto(site_url + page_of(EXAMPLES[name]))
    transcript = in_page(page, EXAMPLES[name], server)
    assert transcript.complaints == []
    assert transcript == replace(transcript_on_socket(name, server), complaints=[])
