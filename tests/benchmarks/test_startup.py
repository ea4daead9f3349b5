"""What `make benchmark` measured and published bears out what the pages say of it."""

import pytest
from helpers.paths import ROOT

from runnable.catalogue.startup import FLOOR, NO_LIMIT, SLOW, STARTUP, Startup, load_startup

PATH = ROOT / STARTUP


@pytest.fixture(scope="module")
def startup() -> Startup:
    return load_startup(PATH)


def test_every_way_was_measured_in_every_round(startup: Startup) -> None:
    assert startup.rounds >= 2
    assert startup.milliseconds.keys() == {NO_LIMIT, SLOW}
    for subjects in startup.milliseconds.values():
        for subject, ways in subjects.items():
            wanted = {"cold", "second visit"}
            if subject != FLOOR:
                wanted |= {"hovered", "edited", "later request", "stop"}
            assert ways.keys() == wanted
            assert {len(values) for values in ways.values()} == {startup.rounds}


def test_flask_answers_before_pyodide_alone_has_started(startup: Startup) -> None:
    floor = startup.median(NO_LIMIT, FLOOR, "cold")
    assert startup.median(NO_LIMIT, "Flask", "cold") < floor
    assert startup.median(NO_LIMIT, "Flask", "second visit") < floor / 2
    assert startup.median(NO_LIMIT, "Flask", "hovered") < floor / 5
    assert startup.median(NO_LIMIT, "Flask", "edited") < floor / 5


def test_on_a_slow_line_a_second_visit_is_a_fraction(startup: Startup) -> None:
    cold = startup.median(SLOW, "Flask", "cold")
    assert cold < startup.median(SLOW, FLOOR, "cold")
    assert cold > 2 * startup.median(NO_LIMIT, "Flask", "cold")
    assert startup.median(SLOW, "Flask", "second visit") < cold / 4
