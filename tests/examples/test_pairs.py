"""The pairs of a server and an example that `make test` takes are enough, few, and the same."""

from collections.abc import Iterable

from helpers.catalogue import ALL, SERVERS
from helpers.pairs import (
    CHOSEN,
    IN_PAGE,
    OTHERS,
    SERVERS_TOPICS,
    TRIED,
    TRIED_IN_PAGE,
    Pair,
    cover,
    facets,
    facets_in_page,
    product,
    topic_of,
)


def letters(pair: tuple[str, str]) -> set[str]:
    return set("".join(pair))


def test_cover_takes_what_adds_most() -> None:
    pairs = [("a", "b"), ("a", "c"), ("b", "cd"), ("d", "")]
    assert cover(pairs, letters) == {("b", "cd"), ("a", "b")}


def test_every_product_has_every_topic_of_a_server() -> None:
    for server, name in OTHERS:
        if (topic := topic_of(name)) in SERVERS_TOPICS:
            alike = {tried for other, tried in TRIED if product(other) == product(server)}
            assert any(topic_of(tried) == topic for tried in alike), f"{server}: {topic}"


def test_every_example_is_tried_on_a_socket_and_in_memory() -> None:
    assert {name for _, name in TRIED} == {*ALL}


def test_topics_of_servers_are_topics() -> None:
    assert {topic_of(name) for name in ALL} > SERVERS_TOPICS


def test_every_server_is_tried() -> None:
    assert {server for server, _ in TRIED} == SERVERS.keys()


def test_the_page_is_tried_with_all_that_all_pairs_have() -> None:
    assert set().union(*map(facets_in_page, TRIED_IN_PAGE)) == set().union(
        *map(facets_in_page, IN_PAGE)
    )
    assert {server for server, _ in TRIED_IN_PAGE} == {server for server, _ in IN_PAGE}


def test_every_known_defect_of_a_server_is_reached() -> None:
    assert reached(CHOSEN) == reached(OTHERS)


def reached(pairs: Iterable[Pair]) -> set[tuple[str, ...]]:
    return {facet for pair in pairs for facet in facets(pair) if "defect" in facet}


def test_no_pair_could_be_left_out_but_few() -> None:
    """A choice that takes the most first is not the smallest, yet close to it."""
    idle = [pair for pair in CHOSEN if facets(pair) <= set().union(*map(facets, CHOSEN - {pair}))]
    assert len(idle) <= len(CHOSEN) / 10
    assert len(CHOSEN) < len(OTHERS) / 2
