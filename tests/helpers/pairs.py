"""Which examples are tried on which servers beyond their own: all, or as many as cover the rest."""

from collections.abc import Callable, Collection, Hashable, Sequence, Set

import pytest

from helpers.catalogue import ALL, SERVERS
from helpers.defects import DEFECTS
from runnable.catalogue.choice import servers_in_page, suits
from runnable.catalogue.defects import find_defect
from runnable.catalogue.examples import Example
from runnable.catalogue.servers import ServerSpec

type Pair = tuple[str, str]  # the names of a server and of an example

# Run with --all-pairs alone; tests/conftest.py leaves it out otherwise.
UNCHOSEN = pytest.mark.all_pairs


# In these a server has a say. The others try frameworks, and each server has each framework once.
SERVERS_TOPICS = {
    *("blocking", "chat", "disconnect", "hello", "lifespan", "mistakes"),
    *("proxied", "sse", "streaming", "websocket"),
}


def product(server: str) -> str:
    """Give what readers call a server, with each of its workers and of its ways to start."""
    return f"{SERVERS[server].page} {SERVERS[server].interface}"


def frameworks(pair: Pair) -> set[tuple[str, ...]]:
    """Give a server with each framework that it serves in a pair."""
    server, name = pair
    packages = ALL[name].dependencies or ("no framework",)
    return {("framework", server, package) for package in packages}


def facets(pair: Pair) -> set[tuple[str, ...]]:
    """Give what a pair tries: its server with its topic, with each framework, a known defect."""
    server, name = pair
    tried = frameworks(pair)
    if (topic := name.partition("/")[0]) in SERVERS_TOPICS:
        tried.add(("topic", product(server), topic))
    defect = find_defect(DEFECTS.values(), ALL[name], SERVERS[server])
    return tried | {("defect", defect.id)} if defect else tried


def cover(pairs: Sequence[Pair], facets: Callable[[Pair], Set[Hashable]]) -> set[Pair]:
    """Choose few pairs that together have every facet of all pairs.

    The choice is computed: again and again it takes the pair that adds most, and of equals the
    first. So `make test` tries every server with every framework that it can serve, every product
    with every topic in which a server has a say, and every known defect; beside that, each example
    on its own server, by all drivers, which needs no choice. `--all-pairs`, as in the weekly run,
    tries every pair.
    """
    of = {pair: facets(pair) for pair in pairs}
    missing = set().union(*of.values())
    chosen = set()
    while missing:
        best = max(pairs, key=lambda pair: len(of[pair] & missing))
        chosen.add(best)
        missing -= of[best]
    return chosen


def is_tried(server: ServerSpec, example: Example) -> bool:
    """A mistake on the servers whose log is stated; the right way is that of other topics."""
    if example.path.parent.name == "mistakes" and not (example.mistake and example.mistake.log):
        return False
    return suits(server, example) and server.name != example.server


OTHERS: list[Pair] = [
    (server.name, name)
    for name, example in ALL.items()
    for server in SERVERS.values()
    if is_tried(server, example)
]
OWN: list[Pair] = [(example.server, name) for name, example in ALL.items()]
TRIED_ANYWAY = set().union(*map(facets, OWN))
CHOSEN = cover(
    OTHERS, lambda pair: {f for f in facets(pair) if f[0] == "defect" or f not in TRIED_ANYWAY}
)
TRIED = {*OWN} | CHOSEN
# What a page adds is another interpreter, which is one for all servers: so it is tried with each
# example once, and with each server.
IN_PAGE: list[Pair] = [
    (server.name, name)
    for name, example in ALL.items()
    for server in servers_in_page(example)
    if not example.threads  # a browser has none, and its page says so
]
TRIED_IN_PAGE = {*OWN} | cover(
    [pair for pair in IN_PAGE if pair[0] not in dict(OWN)], lambda pair: {pair[0]}
)


def marks_of_pair(pair: Pair, tried: Collection[Pair]) -> list[pytest.MarkDecorator]:
    """Give the marks of a test of a pair: none if `make test` tries it."""
    return [] if pair in tried else [UNCHOSEN]
