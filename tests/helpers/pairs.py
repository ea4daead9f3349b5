"""Which examples are tried on which servers beyond their own: all, or as many as cover the rest."""

from collections.abc import Callable, Collection, Hashable, Sequence, Set

import pytest

from helpers.catalogue import ALL, SERVERS, page_of
from helpers.defects import DEFECTS
from runnable.catalogue.choice import servers_in_page, suits
from runnable.catalogue.defects import find_defect
from runnable.catalogue.examples import Example
from runnable.catalogue.servers import ServerSpec

type Pair = tuple[str, str]  # the names of a server and of an example

# Run with --all-pairs alone; tests/conftest.py leaves it out otherwise.
UNCHOSEN = pytest.mark.all_pairs


# In these a server has a say that no capability measures alone (tests/capabilities/).
SERVERS_TOPICS = {"blocking", "disconnect", "lifespan", "mistakes", "streaming", "websocket"}


def product(server: str) -> str:
    """Give what readers call a server, with each of its workers and of its ways to start."""
    return f"{SERVERS[server].page} {SERVERS[server].interface}"


def frameworks(pair: Pair) -> set[tuple[str, ...]]:
    """Give the packages of a pair's example, or that it has none, with the interface."""
    server, name = pair
    interface = SERVERS[server].interface
    return {("package", interface, each) for each in ALL[name].dependencies or ("none",)}


def facets(pair: Pair) -> set[tuple[str, ...]]:
    """Give what a pair tries: its server, product with topic, packages, a known defect."""
    server, name = pair
    tried = {("server", server)} | frameworks(pair)
    if (topic := topic_of(name)) in SERVERS_TOPICS:
        tried.add(("topic", product(server), topic))
    defect = find_defect(DEFECTS.values(), ALL[name], SERVERS[server])
    return tried | {("defect", defect.id)} if defect else tried


def facets_in_page(pair: Pair) -> set[tuple[str, ...]]:
    """Give what a pair tries in the page: server, packages, topic, and what its contract asks."""
    server, name = pair
    example = ALL[name]
    asked = example.contract.requests
    return frameworks(pair) | {
        ("server", server),
        ("topic", SERVERS[server].interface, topic_of(name)),
        ("page", page_of(example)),
        *(("overlap", str(request.overlaps.get(example.module))) for request in asked),
        *(("error", str(request.response.error)) for request in asked),
        *(("leaves", str(request.leave_after > 0)) for request in asked),
    }


def topic_of(name: str) -> str:
    """Give the folder of an example."""
    return name.partition("/")[0]


def cover(pairs: Sequence[Pair], facets: Callable[[Pair], Set[Hashable]]) -> set[Pair]:
    """Choose few pairs that together have every facet of all pairs.

    The choice is computed: again and again it takes the pair that adds most, and of equals the
    first. `--all-pairs`, as in the weekly run, tries every pair.
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
# What a page adds is another interpreter, which is one for all examples: they run in memory in
# this Python, each of them, by the same code.
IN_PAGE: list[Pair] = [
    (server.name, name)
    for name, example in ALL.items()
    for server in servers_in_page(example)
    if not example.threads  # a browser has none, and its page says so
]
TRIED_IN_PAGE = cover(IN_PAGE, facets_in_page)


def marks_of_pair(pair: Pair, tried: Collection[Pair]) -> list[pytest.MarkDecorator]:
    """Give the marks of a test of a pair: none if `make test` tries it."""
    return [] if pair in tried else [UNCHOSEN]
