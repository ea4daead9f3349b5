"""The tabs that tell how to serve an example: one for each server, with the commands tested."""

import re

import pytest
from helpers.catalogue import ALL, SERVERS
from helpers.defects import DEFECTS
from helpers.paths import ROOT
from markdown import Markdown

from runnable.catalogue.defects import find_defect
from runnable.catalogue.examples import ExampleError
from runnable.catalogue.servers import server_of
from runnable.site.serve_fence import FENCE, install, serve

# What the pages tell how to serve.
FENCES = [
    body.strip()
    for page in sorted(ROOT.glob("docs/**/*.md"))
    for _, body in FENCE.findall(page.read_text("utf-8"))
    if " on " not in body
]


def test_every_framework_tells_how_to_serve_its_notes() -> None:
    apart = ("notes/bare_", "notes/aiohttp_")  # on pages of their own
    notes = {name for name in ALL if name.startswith("notes/") and not name.startswith(apart)}
    assert notes <= {*FENCES}


@pytest.mark.parametrize("name", FENCES)
def test_each_server_has_its_command_unless_the_example_fails_there(name: str) -> None:
    example = ALL[name]
    taking = {server.name for server in SERVERS.values() if server.serves(example)}
    known = {server: find_defect(DEFECTS.values(), example, SERVERS[server]) for server in taking}
    failing = {server for server, defect in known.items() if defect}
    written = serve(name)
    commands = {server: SERVERS[server].command_line(example) for server in taking}
    assert {server for server in taking if commands[server] in written} == taking - failing
    for defect in filter(None, known.values()):
        assert f"**Not this application:** {defect.reason} ([" in written
    tabs = re.findall(r'^=== "(.+)"$', written, re.MULTILINE)
    assert tabs[0] == server_of(example).title
    assert sorted(tabs) == sorted({SERVERS[server].title for server in taking})


def test_what_is_installed_is_the_framework_and_that_server() -> None:
    example = ALL["notes/starlette_app.py"]
    assert install(example, SERVERS["uvicorn"]) == (
        "pip install python-multipart starlette uvicorn wsproto",
    )
    assert install(example, SERVERS["daphne"]) == ("pip install python-multipart starlette daphne",)
    assert install(ALL["notes/flask_app.py"], SERVERS["uwsgi"]) == (
        "apt-get install gcc",
        "pip install flask uwsgi",
    )


def test_fence_becomes_tabs_within_tabs_too() -> None:
    page = Markdown(
        extensions=["runnable.site.serve_fence", "pymdownx.superfences", "pymdownx.tabbed"],
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    ).convert('=== "WSGI"\n\n    ``` serve\n    notes/flask_app.py\n    ```\n\nmore')
    assert page.count('class="tabbed-set') == 2
    assert ">Waitress</label>" in page
    assert page.endswith("<p>more</p>")


def test_one_server_alone_has_no_tabs() -> None:
    written = serve("notes/flask_app.py on gunicorn-gthread")
    assert "===" not in written
    assert SERVERS["gunicorn-gthread"].command_line(ALL["notes/flask_app.py"]) in written


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("notes/jango_app.py", "examples/notes/jango_app.py: no such example; check its folder"),
        ("notes/flask_app.py\nuwsgi", "a serve fence holds the path of one example, not 'notes/"),
        ("", "a serve fence holds the path of one example, not ''"),
        (
            "notes/flask_app.py on daphne",
            "notes/flask_app.py: 'daphne' is no server that serves it; known: wsgiref, gunic",
        ),
    ],
)
def test_wrong_fence_is_refused_in_a_line(body: str, complaint: str) -> None:
    with pytest.raises(ExampleError) as failure:
        serve(body)
    assert str(failure.value).startswith(complaint)
    assert "\n" not in str(failure.value)
