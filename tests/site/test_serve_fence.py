"""The tabs that tell how to serve an example: one for each server, with the commands tested."""

import re

import pytest
from helpers.paths import ROOT
from helpers.server_defects import DEFECTS
from markdown import Markdown

from runnable.catalogue.examples import ExampleError, find_examples
from runnable.catalogue.servers import load_servers, server_of
from runnable.site.serve_fence import FENCE, install, serve

SERVERS = load_servers(ROOT / "examples/servers.toml")
EXAMPLES = {example.name: example for example in find_examples(ROOT / "examples")}
# What the pages tell how to serve: the example, and the servers that do not pass.
FENCES = {
    path.strip(): {line.partition(":")[0].strip() for line in lines}
    for page in sorted(ROOT.glob("docs/**/*.md"))
    for _, body in FENCE.findall(page.read_text("utf-8"))
    for path, *lines in [body.strip().splitlines()]
}


@pytest.fixture(autouse=True)
def _in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_every_framework_tells_how_to_serve_its_notes() -> None:
    apart = ("notes/bare_", "notes/aiohttp_")  # on pages of their own
    notes = {name for name in EXAMPLES if name.startswith("notes/") and not name.startswith(apart)}
    assert notes <= FENCES.keys()


@pytest.mark.parametrize("name", FENCES)
def test_each_server_has_its_command_unless_the_example_fails_there(name: str) -> None:
    example = EXAMPLES[name]
    own = server_of(example)
    interface = {server.name for server in SERVERS.values() if server.interface == own.interface}
    failing = {server for server, failed in DEFECTS if failed == name}
    assert FENCES[name] == failing
    written = serve("\n".join([name, *(f"{server}: A reason." for server in failing)]))
    commands = {server: SERVERS[server].command_line(example) for server in interface}
    assert {server for server in interface if commands[server] in written} == interface - failing
    tabs = re.findall(r'^=== "(.+)"$', written, re.MULTILINE)
    assert tabs[0] == own.title
    assert sorted(tabs) == sorted({SERVERS[server].title for server in interface})


def test_what_is_installed_is_the_framework_and_that_server() -> None:
    example = EXAMPLES["notes/starlette_app.py"]
    assert install(example, SERVERS["uvicorn"]) == (
        "pip install python-multipart starlette uvicorn wsproto",
    )
    assert install(example, SERVERS["daphne"]) == ("pip install python-multipart starlette daphne",)
    assert install(EXAMPLES["notes/flask_app.py"], SERVERS["uwsgi"]) == (
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


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("notes/jango_app.py", "examples/notes/jango_app.py: no such example; check its folder"),
        (
            "notes/flask_app.py\ndaphne: It is ASGI.",
            "notes/flask_app.py: 'daphne' in its fence is no 'server: reason'; servers of WSGI: ws",
        ),
        ("notes/flask_app.py\nuwsgi", "notes/flask_app.py: 'uwsgi' in its fence is no"),
        ("", "a serve fence is empty; its first line is an example's path"),
    ],
)
def test_wrong_fence_is_refused_in_a_line(body: str, complaint: str) -> None:
    with pytest.raises(ExampleError) as failure:
        serve(body)
    assert str(failure.value).startswith(complaint)
    assert "\n" not in str(failure.value)
