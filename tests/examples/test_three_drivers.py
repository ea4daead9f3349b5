"""Every example answers alike on a socket, in memory, and in the page: as its contract says.

Under its own server, and under others that a reader may choose for it in the page: which ones, and
which in the weekly run alone, says helpers/pairs.py. On a socket, the others are in
test_servers_matrix.py.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from helpers.catalogue import ALL
from helpers.drivers import in_memory, published_on_socket
from helpers.page_driver import in_page
from helpers.pairs import marks_of_pair
from playwright.sync_api import Page

from runnable.catalogue.choice import servers_in_page
from runnable.catalogue.servers import ServerSpec, server_of

# A browser has no threads: what needs them is tested on sockets alone, and its page says so.
PAIRS = [
    pytest.param(
        name, server.name, id=f"{name}-{server.name}", marks=marks_of_pair(server.name, name)
    )
    for name, example in ALL.items()
    for server in servers_in_page(example)
    if not example.threads
]


@pytest.mark.parametrize("name", ALL)
def test_on_a_socket(name: str) -> None:
    assert published_on_socket(name, ALL[name].server).complaints == []


@pytest.mark.parametrize(("name", "server"), PAIRS)
def test_in_memory(name: str, server: str, need: Callable[[ServerSpec], None]) -> None:
    need(server_of(ALL[name], server))
    transcript = in_memory(ALL[name], server)
    assert transcript.complaints == []
    assert transcript == replace(published_on_socket(name, server), complaints=[])


@pytest.mark.parametrize(("name", "server"), PAIRS)
def test_in_the_page(
    open_example: Callable[[str], Page], name: str, server: str, need: Callable[[ServerSpec], None]
) -> None:
    need(server_of(ALL[name], server))
    transcript = in_page(open_example(name), ALL[name], server)
    assert transcript.complaints == []
    assert transcript == replace(published_on_socket(name, server), complaints=[])
