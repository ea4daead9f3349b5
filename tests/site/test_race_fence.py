"""A race's fence becomes its element, with what is known without a script, or fails the build."""

import re

import pytest
from helpers.fences import data_of
from helpers.paths import ROOT
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from runnable.catalogue.recorded_race import load_recorded_race
from runnable.site.plain_markdown import plain_markdown
from runnable.site.race_fence import render, validate

OURS = {"name": "race", "class": "race", "format": render, "validator": validate}
THREE = """\
blocking/flask_app.py
blocking/starlette_app.py on hypercorn
blocking/flask_app.py on gunicorn with 2 workers
"""
RECORDED = 'request="one" recorded="ten-threads"'


def convert(body: str, options: str = 'request="one"') -> str:
    page: str = Markdown(
        extensions=["attr_list", "pymdownx.highlight", "pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": [OURS]}},
    ).convert(f"Text\n\n```race {{ {options} }}\n{body}```\n\nmore")
    return page


def test_data_is_what_the_element_needs() -> None:
    page = convert(THREE, RECORDED)
    assert page.startswith("<p>Text</p>\n<request-race data-search-exclude>\n")
    assert page.endswith("</script>\n</request-race>\n<p>more</p>")
    data = data_of(page)
    assert (data["request"]["method"], data["request"]["path"]) == ("GET", "/")
    racers = data["racers"]
    assert [(racer["title"], racer["server"], racer["workers"]) for racer in racers] == [
        ("flask_app.py on wsgiref, 1 worker", "wsgiref", 1),
        ("starlette_app.py on Hypercorn, 1 worker", "hypercorn", 1),
        ("flask_app.py on Gunicorn, 2 workers", "gunicorn", 2),
    ]
    assert racers[1]["packages"] == ["starlette", "uvicorn", "hypercorn"]
    source = (ROOT / "examples/blocking/flask_app.py").read_text()
    assert {racer["source"] for racer in (racers[0], racers[2])} == {source}
    assert [len(run) for run in data["recorded"]["runs"]] == [10, 50]


def test_without_a_script_it_says_who_takes_part_and_what_was_recorded() -> None:
    page = convert(THREE, RECORDED)
    text = re.sub(r"<script.*</script>|<[^>]+>", "", page, flags=re.DOTALL)
    assert "flask_app.py on Gunicorn, 2 workers" in text
    assert "Flask waits: on a server of one thread, everyone waits in turn." in text
    assert text.count("def wait") == 2  # each program once
    assert "gunicorn --threads 10 flask_app:app" in text
    run = load_recorded_race(ROOT / "docs/data/recorded/ten-threads.json").runs[1]
    total = max(times.done for times in run) / 1000
    assert f"<td>50</td><td>{total:.2f} s</td>" in page


def test_workers_are_explained_where_there_are_several() -> None:
    one_each = "".join(THREE.splitlines(keepends=True)[:2])
    assert "a worker is a Web Worker" in convert(THREE)
    page = convert(one_each)
    assert "a worker is a Web Worker" not in page
    assert ">flask_app.py on wsgiref<" in page
    assert '<table class="race-results" hidden>' in page  # nothing was recorded


@pytest.mark.parametrize(
    ("body", "options", "error"),
    [
        (THREE, "", r'its header is \{ request="one" \}'),
        (THREE, 'request="one" count="3"', r'its header is \{ request="one" \}'),
        ("blocking/flask_app.py\n", 'request="one"', "it has two lines or more"),
        ("blocking/flask_app.py\nand another\n", 'request="one"', "it has two lines or more"),
        ("blocking/none_app.py\n" * 2, 'request="one"', "no such example"),
        (THREE, 'request="two"', "has no request 'two' here; known: one, ten at once"),
        (THREE.replace("hypercorn", "uwsgi"), 'request="one"', "has no server 'uwsgi' here; known"),
        (THREE.replace("2 workers", "3 workers"), 'request="one"', "1, 2 or 4 workers"),
        ("blocking/flask_app.py\n" * 2, 'request="one"', "two racers are alike"),
        (THREE, 'request="one" recorded="none"', "none.json: .*--write-recorded"),
    ],
)
def test_what_is_wrong_ends_the_build(body: str, options: str, error: str) -> None:
    with pytest.raises(SuperFencesException, match=error) as raised:
        convert(body, options)
    assert "\n" not in str(raised.value)


def test_as_markdown_it_is_a_list_and_a_table() -> None:
    text = f"# Page\n\n``` race {{ {RECORDED} }}\n{THREE}```\n\nMore.\n"
    plain = plain_markdown(text, "page.md", "https://example.org/", "https://example.org/it")
    assert "gets `GET /` many times at once" in plain
    assert "- flask_app.py on Gunicorn, 2 workers (`blocking/flask_app.py`): Flask waits" in plain
    assert re.search(r"^\| flask_app.py on Gunicorn, 10 threads \| 50 \| 1\.\d\d s \|", plain, re.M)
    assert plain.endswith("\n\nMore.\n")
