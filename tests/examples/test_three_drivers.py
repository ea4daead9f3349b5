"""Every example answers alike on a socket, in memory, and in the page: as its contract says.

Under its own server, and under every other that a reader may choose for it in the page. On a
socket, the others are in test_servers_matrix.py.
"""

import functools
from collections.abc import Callable
from dataclasses import replace

import pytest
from helpers.catalogue import ALL, page_of
from helpers.drivers import Transcript, in_memory, on_socket
from helpers.page_driver import in_page
from playwright.sync_api import Page

from runnable.catalogue.choice import servers_in_page
from runnable.catalogue.servers import ServerSpec, server_of

# A browser has no threads: what needs them is tested on sockets alone, and its page says so.
PAIRS = [
    (name, server.name)
    for name, example in ALL.items()
    for server in servers_in_page(example)
    if not example.threads
]
# A run in the page takes seconds: under another server than its own, one of notes/ an interface.
NOTES = ("notes/flask_app.py", "notes/quart_app.py")
PAIRS_IN_PAGE = [
    (name, server)
    for name, server in PAIRS
    if server == ALL[name].server or name in NOTES or not name.startswith("notes/")
]


@functools.cache
def transcript_on_socket(name: str, server: str) -> Transcript:
    return on_socket(ALL[name], server)


@pytest.mark.parametrize("name", ALL)
def test_on_a_socket(name: str) -> None:
    assert transcript_on_socket(name, ALL[name].server).complaints == []


@pytest.mark.parametrize(("name", "server"), PAIRS)
def test_in_memory(name: str, server: str, need: Callable[[ServerSpec], None]) -> None:
    need(server_of(ALL[name], server))
    transcript = in_memory(ALL[name], server)
    assert transcript.complaints == []
    assert transcript == replace(transcript_on_socket(name, server), complaints=[])


@pytest.mark.parametrize(("name", "server"), PAIRS_IN_PAGE)
def test_in_the_page(
    page: Page, site_url: str, name: str, server: str, need: Callable[[ServerSpec], None]
) -> None:
    need(server_of(ALL[name], server))
    page.goto(site_url + page_of(ALL[name]))
    transcript = in_page(page, ALL[name], server)
    assert transcript.complaints == []
    assert transcript == replace(transcript_on_socket(name, server), complaints=[])
