"""A fence becomes a figure and a table of what was measured, or fails the build with one line."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from helpers.paths import ROOT
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from runnable.catalogue.benchmarks import Benchmarks, Noise, Point, Subject, write_benchmarks
from runnable.catalogue.startup import FLOOR, NO_LIMIT, Startup, write_startup
from runnable.site import charts
from runnable.site.figure_fence import render, validate
from runnable.site.plain_blocks import figure_as_markdown

OURS = {"name": "figure", "class": "figure", "format": render, "validator": validate}
RATE = "requests_per_second"


def subject(title: str, threads: int | None, workers: int = 1) -> Subject:
    return Subject(title, "gunicorn", "WSGI", "gunicorn app:app", workers, threads)


def point(experiment: str, name: str, clients: int, number: str, *values: float) -> Point:
    return Point(experiment, name, clients, tuple({number: value} for value in values))


# Made up: nobody measured this.
MADE_UP = Benchmarks(
    date="2026-11-02",
    machine={"processor": "none"},
    versions={"gunicorn": "1.0"},
    seconds=1,
    noise=(Noise("before the run", 0.0, 0.0),),
    subjects={
        "one": subject("One <thread>", 1),
        "ten": subject("Ten threads", 10),
        "ten-4-workers": subject("Ten threads, 4 workers", 10, workers=4),
        "hundred": subject("A hundred threads", 100),
        "loop": subject("A loop", None),
    },
    points=(
        point("waiting", "one", 10, RATE, 19.876, 18, 20),
        point("waiting", "ten", 10, RATE, 190),
        point("waiting", "ten", 100, RATE, 195, 196, 197),
        point("waiting", "loop", 100, RATE, 1234, 1333, 1432),
        point("ceiling", "hundred", 100, RATE, 1999),
        point("rest", "ten", 1, "memory_mib", 20),
        point("rest", "ten-4-workers", 1, "memory_mib", 35),
    ),
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("figures") / "benchmarks.json"
    write_benchmarks(MADE_UP, path)
    return path.read_text("utf-8")


def build(source: str, header: str) -> str:
    extensions = {"pymdownx.superfences": {"custom_fences": [OURS]}}
    markdown = Markdown(extensions=[*extensions], extension_configs=extensions)
    return markdown.convert(f"``` figure {{ {header} }}\n{source.rstrip()}\n```")


def cells(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page)
    return [re.findall(r"<t[hd](?: scope=\"\w+\")?>(.*?)</t[hd]>", row) for row in rows]


def test_the_table_has_the_medians_and_what_they_lie_between(source: str) -> None:
    assert cells(build(source, 'of="waiting"')) == [
        ["", "10 clients", "100 clients"],
        ["One &lt;thread&gt;", "19.9 (18–20)", "–"],
        ["Ten threads", "190 (190–190)", "196 (195–197)"],
        ["A loop", "–", "1,330 (1,230–1,430)"],
    ]


def test_workers_are_series_of_the_same_row(source: str) -> None:
    assert cells(build(source, 'of="memory"'))[1:] == [["Ten threads", "20 (20–20)", "35 (35–35)"]]


def test_the_ceiling_is_told_beside_what_was_measured(source: str) -> None:
    rows = cells(build(source, 'of="ceiling"'))[1:]
    assert rows[-1] == ["A hundred threads: 100 ÷ 0.05 s = 2000", "2,000 (2,000–2,000)"]


@pytest.mark.parametrize("name", ["waiting", "memory", "ceiling"])
def test_the_drawing_has_the_colours_of_the_page_and_no_style_of_its_own(
    name: str, source: str
) -> None:
    drawn = re.search(r"<svg.*</svg>", build(source, f'of="{name}"'))
    assert drawn is not None
    svg = ElementTree.fromstring(drawn[0])
    width = float(svg.get("viewBox", "").split()[2])
    assert width <= charts.WIDTH, "a phone would show it smaller than it is drawn"
    colours = {element.get(key) for element in svg.iter() for key in ("fill", "stroke")}
    known = {None, "none", "transparent", "currentColor"}
    assert all(colour in known or colour.startswith("var(--figure-") for colour in colours)
    css = (ROOT / "src/page/styles/figures.css").read_text("utf-8")
    used = {colour[4:-1] for colour in colours if colour and colour.startswith("var(")}
    assert used
    assert all(f"{variable}:" in css for variable in used)
    assert not re.search(r"style=|<script|href=", drawn[0])
    texts = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert texts, "texts are texts, and not outlines"


STARTUP = Startup(
    date="2026-11-02",
    chromium="1",
    machine="none",
    rounds=3,
    milliseconds={
        NO_LIMIT: {
            FLOOR: {"cold": [2000.0, 2100.0, 1900.0], "second visit": [1500.0, 1500.0, 1500.0]},
            "Flask": {
                "cold": [1000.0, 900.0, 1100.0],
                "second visit": [500.0, 500.0, 501.0],
                "hovered": [100.0, 100.0, 90.0],
                "edited": [80.0, 81.0, 82.0],
                "stop": [1.0, 1.0, 1.0],
            },
        }
    },
    page_weight_gzip_bytes={},
)


def test_a_start_is_beside_that_of_pyodide_alone(tmp_path: Path) -> None:
    path = tmp_path / "startup.json"
    write_startup(STARTUP, path)
    source = path.read_text("utf-8")
    assert cells(build(source, 'of="startup"')) == [
        ["", "first visit", "second visit", "hovered", "edited"],
        ["Pyodide alone", "2,000 (1,900–2,100)", "1,500 (1,500–1,500)", "–", "–"],
        ["Flask", "1,000 (900–1,100)", "500 (500–501)", "100 (90–100)", "81 (80–82)"],
    ]
    assert "has not measured this" in build(source, 'of="startup-slow"')
    written = figure_as_markdown("startup", source).splitlines()
    assert written[-1].startswith("| Flask | 1,000 (900–1,100) | 500 (500–501) |")


def test_two_builds_are_equal(source: str) -> None:
    assert build(source, 'of="waiting"') == build(source, 'of="waiting"')


def test_what_was_not_measured_is_said(source: str) -> None:
    assert "has not measured this" in build(source, 'of="websockets"')


@pytest.mark.parametrize(
    ("header", "message"),
    [("", "state of="), ('of="speed"', "state of="), ('of="mix" x="y"', "state of=")],
)
def test_a_header_that_says_something_else_is_refused(
    header: str, message: str, source: str
) -> None:
    with pytest.raises(SuperFencesException, match=message):
        build(source, header)


def test_a_body_that_is_something_else_is_refused() -> None:
    with pytest.raises(SuperFencesException, match=r"startup\.json"):
        build('{"date": 1}', 'of="startup"')
    with pytest.raises(SuperFencesException, match="make benchmark-servers"):
        build('{"date": 1}', 'of="mix"')
