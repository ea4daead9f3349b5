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
    product,
)


def letters(pair: tuple[str, str]) -> set[str]:
    return set("".join(pair))


def test_cover_takes_what_adds_most() -> None:
    pairs = [("a", "b"), ("a", "c"), ("b", "cd"), ("d", "")]
    assert cover(pairs, letters) == {("b", "cd"), ("a", "b")}


def test_every_server_has_every_framework_and_every_product_every_topic_of_a_server() -> None:
    for server, name in OTHERS:
        topic, packages = name.partition("/")[0], ALL[name].dependencies
        names = {tried for other, tried in TRIED if other == server}
        alike = {tried for other, tried in TRIED if product(other) == product(server)}
        if topic in SERVERS_TOPICS:
            assert any(tried.startswith(f"{topic}/") for tried in alike), f"{server}: {topic}"
        for package in packages:
            assert any(package in ALL[tried].dependencies for tried in names), (
                f"{server}: {package}"
            )


def test_topics_of_servers_are_topics() -> None:
    assert {name.partition("/")[0] for name in ALL} > SERVERS_TOPICS


def test_every_server_is_tried() -> None:
    assert {server for server, _ in TRIED} == SERVERS.keys()


def test_every_example_and_every_server_is_tried_in_the_page() -> None:
    assert {name for _, name in IN_PAGE} == {name for _, name in TRIED_IN_PAGE & {*IN_PAGE}}
    assert {server for server, _ in IN_PAGE} <= {server for server, _ in TRIED_IN_PAGE}


def test_every_known_defect_of_a_server_is_reached() -> None:
    assert reached(CHOSEN) == reached(OTHERS)


def reached(pairs: Iterable[Pair]) -> set[tuple[str, ...]]:
    return {facet for pair in pairs for facet in facets(pair) if "defect" in facet}


def test_no_pair_could_be_left_out_but_few() -> None:
    """A choice that takes the most first is not the smallest, yet close to it."""
    idle = [pair for pair in CHOSEN if facets(pair) <= set().union(*map(facets, CHOSEN - {pair}))]
    assert len(idle) <= len(CHOSEN) / 10
    assert len(CHOSEN) < len(OTHERS) / 2
