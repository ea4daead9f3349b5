"""Every example answers alike on a socket, in memory, and in the page: as its contract says.

Under its own server, and under others that a reader may choose for it in the page: which ones, and
which in the weekly run alone, says helpers/pairs.py. `make test` takes each example on a socket and
in memory, and a sample in the page. On a socket, other servers are in test_servers_matrix.py.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pytest
from helpers.catalogue import ALL
from helpers.drivers import in_memory, published_on_socket
from helpers.page_driver import in_page
from helpers.pairs import IN_PAGE, TRIED, TRIED_IN_PAGE, Pair, marks_of_pair
from playwright.sync_api import Page

from runnable.catalogue.servers import ServerSpec, server_of


def params(tried: Collection[Pair]) -> list[Any]:
    """Give every pair that the page has, marked where the weekly run alone tries it."""
    return [
        pytest.param(
            name, server, id=f"{name}-{server}", marks=marks_of_pair((server, name), tried)
        )
        for server, name in IN_PAGE
    ]


@pytest.mark.parametrize("name", ALL)
def test_on_a_socket(name: str) -> None:
    assert published_on_socket(name, ALL[name].server).complaints == []


@pytest.mark.parametrize(("name", "server"), params(TRIED))
def test_in_memory(name: str, server: str, need: Callable[[ServerSpec], None]) -> None:
    need(server_of(ALL[name], server))
    transcript = in_memory(ALL[name], server)
    assert transcript.complaints == []
    assert transcript == replace(published_on_socket(name, server), complaints=[])


@pytest.mark.parametrize(("name", "server"), params(TRIED_IN_PAGE))
def test_in_the_page(
    open_example: Callable[[str], Page], name: str, server: str, need: Callable[[ServerSpec], None]
) -> None:
    need(server_of(ALL[name], server))
    transcript = in_page(open_example(name), ALL[name], server)
    assert transcript.complaints == []
    assert transcript == replace(published_on_socket(name, server), complaints=[])
