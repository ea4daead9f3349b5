"""A fence becomes a table of what was measured, or fails the build with one line."""

import json
import re
from typing import Any

import pytest
from helpers.catalogue import SERVERS
from helpers.paths import ROOT
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from runnable.site.capabilities_fence import formatter, validate

OURS = {
    "name": "capabilities",
    "class": "capabilities",
    "format": formatter("https://example.org/repository"),
    "validator": validate,
}


GROUPS = ("connection", "asgi")


def cell(value: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "note": "", "reference": "", "defect": False, "evidence": "it", **more}


MATRIX: dict[str, Any] = {
    "date": "2026-11-02",
    "python": "3.13.0",
    "apache": "2.4",
    "groups": {"connection": "The connection", "asgi": "ASGI"},
    "servers": {
        "wsgiref": {"interface": "WSGI", "versions": {"Python": "3.13"}},
        "mod_wsgi": {"interface": "WSGI", "versions": {"mod_wsgi": "6.1"}},
        "daphne": {"interface": "ASGI", "versions": {"daphne": "4.2"}},
    },
    "capabilities": {
        "keep-alive": {
            "group": "connection",
            "title": "Keep-alive",
            "question": "Does `it` < 2?",
            "authority": {"RFC 9112": "https://example.org/rfc"},
            "interface": ["WSGI", "ASGI"],
            "test": "tests/capabilities/test_connection.py::test_keep_alive",
            "cells": {
                "wsgiref": cell("no", note="It speaks `HTTP/1.0`.", evidence="closed"),
                "mod_wsgi": cell("yes"),
                "daphne": cell("yes"),
            },
        },
        "lifespan": {
            "group": "asgi",
            "title": "Lifespan",
            "question": "Is it told?",
            "authority": {},
            "interface": ["ASGI"],
            "test": "tests/capabilities/test_asgi.py::test_lifespan",
            "cells": {
                "daphne": cell(
                    "partly",
                    note="Half.",
                    reference="https://github.com/django/daphne/issues/264",
                    defect=True,
                )
            },
        },
    },
}


def convert(header: str, matrix: object = MATRIX) -> str:
    body = matrix if isinstance(matrix, str) else json.dumps(matrix)
    page: str = Markdown(
        extensions=["attr_list", "pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": [OURS]}},
    ).convert(f"Text\n\n``` capabilities {header}\n{body}\n```\n\nmore")
    between_tags = re.compile(r"(?<=>)\n(?=<)")
    return re.sub(r"\s+", " ", between_tags.sub("", page))


def rows(page: str) -> list[list[str]]:
    """The text of each cell of each row."""
    return [
        [re.sub("<.*?>", "", text) for text in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", page)
    ]


def test_server_has_notes_and_links_to_the_page_of_all() -> None:
    page = convert('{ server="wsgiref daphne" page="../capabilities/" }')
    assert rows(page) == [
        ["Capability", "wsgiref", "daphne", "Note"],
        ["The connection"],
        ["Keep-alive", "no", "yes", "wsgiref: It speaks HTTP/1.0."],
        ["ASGI"],
        ["Lifespan", "–", "partly", "daphne: Known defect: Half. (django/daphne#264)"],
    ]
    assert '<a href="../capabilities/#keep-alive">Keep-alive</a>' in page
    assert (
        '<td data-server="daphne">'
        '<a class="capability-partly" href="../capabilities/#lifespan-daphne">partly</a></td>'
    ) in page
    assert page.startswith("<p>Text</p><div ")
    assert page.endswith("</p><p>more</p>")


def test_one_server_needs_no_names_before_its_notes() -> None:
    page = convert('{ server="daphne" }')
    assert rows(page)[-1] == ["Lifespan", "partly", "Known defect: Half. (django/daphne#264)"]
    assert "Measured on 2 November 2026, Python 3.13.0: daphne 4.2.</p>" in page


def test_servers_versions_are_told() -> None:
    page = convert('{ server="wsgiref mod_wsgi" }')
    assert "Measured on 2 November 2026, Python 3.13.0: mod_wsgi 6.1, Apache 2.4." in page


def test_group_is_a_row_a_capability_of_the_servers_that_were_asked() -> None:
    heads = [names for names, *_ in (rows(convert(f'{{ group="{key}" }}')) for key in GROUPS)]
    assert heads == [["Capability", "wsgiref", "mod_wsgi", "daphne"], ["Capability", "daphne"]]
    assert rows(convert('{ group="connection" }'))[1] == ["Keep-alive", "no", "yes", "yes"]


def test_group_says_of_each_capability_what_was_asked_and_seen() -> None:
    page = convert('{ group="connection" }')
    assert '<h3 id="keep-alive">Keep-alive<' in page
    assert "Does <code>it</code> &lt; 2?</span> Authority: " in page
    assert '<a href="https://example.org/rfc">RFC 9112</a>. Test: ' in page
    assert (
        '<a href="https://example.org/repository/blob/main/tests/capabilities/test_connection.py">'
        "<code>test_keep_alive</code></a>"
    ) in page
    assert re.findall(r'<span id="(.*?)">', page) == [
        "keep-alive-mod_wsgi",
        "keep-alive-daphne",
        "keep-alive-wsgiref",
    ]
    assert "Seen: closed.<br>It speaks <code>HTTP/1.0</code>." in page


def test_choice_has_every_server_below_its_interface() -> None:
    page = convert('{ few="daphne" data="../data" }')
    fieldsets = re.findall(r"<legend>(.*?)</legend>(.*?)</fieldset>", page)
    assert [(name, re.findall(r'value="(.*?)" checked', text)) for name, text in fieldsets] == [
        ("WSGI", ["wsgiref", "mod_wsgi"]),
        ("ASGI", ["daphne"]),
    ]
    assert 'data-on-a-phone="daphne"' in page
    assert '<a href="../data/capabilities.csv" download>CSV</a>' in page
    assert "mod_wsgi 6.1, daphne 4.2, Apache 2.4." in page


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ('{ few="apache" data="" }', "has no 'apache'; known: daphne, mod_wsgi, wsgiref"),
        ('{ server="daphne apache" }', "has no 'apache'; known: daphne, mod_wsgi, wsgiref"),
        ('{ group="http9" }', "has no 'http9'; known: asgi, connection"),
        ('{ group="asgi" page="x" }', "group takes no option 'page'"),
        ('{ page="x" }', "state one of server, group, few"),
        ('{ group="asgi" server="daphne" }', "state one of server, group, few"),
    ],
)
def test_wrong_fence_is_refused(header: str, complaint: str) -> None:
    with pytest.raises(SuperFencesException) as failure:
        convert(header)
    assert complaint in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("matrix", ["Hello", "[]", {}, {**MATRIX, "capabilities": None}])
def test_wrong_body_is_refused(matrix: object) -> None:
    with pytest.raises(SuperFencesException, match=r"must be --8<-- .*capabilities\.json"):
        convert('{ group="asgi" }', matrix)
    with pytest.raises(SuperFencesException, match=r"must be --8<-- .*capabilities\.json"):
        convert('{ server="daphne" }', matrix)


@pytest.mark.parametrize(
    ("reference", "label"),
    [
        ("https://github.com/a/b/issues/1", "a/b#1"),
        ("https://github.com/a/b/blob/main/c.py", "a/b"),
        ("https://example.org/x", "example.org"),
    ],
)
def test_reference_is_named(reference: str, label: str) -> None:
    matrix = json.loads(json.dumps(MATRIX))
    matrix["capabilities"]["lifespan"]["cells"]["daphne"]["reference"] = reference
    assert f'(<a href="{reference}">{label}</a>)' in convert('{ group="asgi" }', matrix)


def test_every_server_has_its_row_on_its_page() -> None:
    for name, server in SERVERS.items():
        page = ROOT / f"docs/{server.page}.md"
        shown = re.findall(r'``` capabilities \{ server="(.*?)"', page.read_text("utf-8"))
        assert any(name in names.split() for names in shown), f"{page.name} does not show {name}"
