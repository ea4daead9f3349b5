"""A runnable fence is the ordinary block inside the element, or fails the build."""

from pathlib import Path

import pytest
from helpers.fences import data_of
from helpers.paths import ROOT
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from runnable.catalogue.examples import Example, find_examples, package_names
from runnable.site.runnable_fence import NEEDS_THREADS, render, validate

EXAMPLES = find_examples(ROOT / "examples")
HIGHLIGHT = {"pygments_lang_class": True}
OURS = {"name": "py", "class": "runnable", "format": render, "validator": validate}
FENCE = '```py {{ .runnable src="{0}" {1}}}\n--8<-- "examples/{0}"\n```'
HELLO = "hello/flask_app.py"


def convert(text: str, *, ours: bool = True) -> str:
    fences = {"custom_fences": [OURS]} if ours else {}
    page: str = Markdown(
        extensions=[
            "attr_list",
            "md_in_html",
            "pymdownx.highlight",
            "pymdownx.snippets",
            "pymdownx.superfences",
            "pymdownx.tabbed",
        ],
        extension_configs={
            "pymdownx.highlight": HIGHLIGHT,
            "pymdownx.snippets": {"check_paths": True},
            "pymdownx.superfences": fences,
        },
    ).convert(text)
    return page


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_block_is_the_ordinary_one(example: Example) -> None:
    page = convert(f"Text\n\n{FENCE.format(example.name, '')}\n\nmore")
    ordinary = convert(f'```py title="{example.path.name}"\n{example.source}```', ours=False)
    if example.threads:  # a browser has none: it is text, and says why
        head = f'<div id="{example.name}" data-search-exclude>'
        assert page == f"<p>Text</p>\n{head}\n{ordinary}\n{NEEDS_THREADS}\n</div>\n<p>more</p>"
        return
    lines = f'style="--lines: {len(example.source.splitlines())}"'
    head = (
        f'<runnable-example id="{example.name}" src="{example.name}" {lines} data-search-exclude>'
    )
    assert page.startswith(f"<p>Text</p>\n{head}\n{ordinary}\n<script")
    assert page.endswith("</script>\n</runnable-example>\n<p>more</p>")
    assert data_of(page)["source"] == example.source


def test_data_is_what_the_element_needs() -> None:
    data = data_of(convert(FENCE.format(HELLO, 'request="echo"')))
    del data["source"]
    assert [request["name"] for request in data["requests"]][:2] == ["echo", "hello"]
    assert data.pop("requests")[0] == {
        "name": "echo",
        "method": "POST",
        "path": "/echo",
        "headers": [["Content-Type", "text/plain; charset=utf-8"]],
        "body": "Grüße, world!\n",
        "count": 1,
        "leaveAfter": 0,
    }
    server = data.pop("servers")[0]
    assert server.pop("command").startswith("python -c 'from wsgiref.simple_server import ")
    assert server == {
        "name": "wsgiref",
        "title": "wsgiref",
        "summary": "The standard library's WSGI server: one request at a time.",
        "packages": [],
        "install": ["pip install flask"],
        "http2": False,
    }
    assert data == {
        "module": "flask_app",
        "app": "app",
        "packages": ["flask"],
        "websockets": [],
    }


def test_websocket_named_first_comes_first() -> None:
    fence = FENCE.format("websocket/aiohttp_app.py", 'request="subprotocol"')
    assert data_of(convert(fence))["websockets"][0] == {
        "name": "subprotocol",
        "path": "/",
        "subprotocols": ["chat", "echo"],
        "messages": ["hello"],
    }


def test_superfences_own_options_are_kept() -> None:
    fence = FENCE.format(HELLO, '.wide title="other" hl_lines="18-19"')
    page = convert(fence)
    assert '<span class="filename">other</span>' in page
    assert page.count('class="hll"') == 2  # the file has more lines than the fence
    assert 'class="language-py wide highlight"' in page


def test_fence_in_a_tab_is_a_block() -> None:
    fence = FENCE.format(HELLO, "").replace("\n", "\n    ")
    page = convert(f'=== "Flask"\n\n    {fence}\n')
    assert '<div class="tabbed-content">' in page
    assert "<p>" not in page


def test_source_cannot_end_or_confuse_the_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "examples/hello"
    folder.mkdir(parents=True)
    tables = ("defects.toml", "packages.toml", "servers.toml", "hello/requests.toml")
    for name in (*tables, "hello/flask_app.py"):
        text = (ROOT / "examples" / name).read_text()
        (tmp_path / "examples" / name).write_text(
            text.replace("Hello, world!", "</script><!--<script>")
        )
    monkeypatch.chdir(tmp_path)
    page = convert(FENCE.format(HELLO, ""))
    assert page.count("</script") == 1
    assert "<!--" not in page
    assert "</script><!--<script>" in data_of(page)["source"]


@pytest.mark.parametrize(
    "fence",
    [
        '```py\nprint("<b>")\n```',
        '```py title="t" hl_lines="1" linenums="1"\nx = 1\n```',
        "``` { .py .wide #here }\nx = 1\n```",
        "```py nonsense\nx = 1\n```",
        "```\nx = 1\n```",
    ],
)
def test_other_fences_are_untouched(fence: str) -> None:
    assert convert(fence) == convert(fence, ours=False)


@pytest.mark.parametrize(
    ("fence", "complaint"),
    [
        (
            FENCE.format(HELLO, 'hide="3"'),
            'src="hello/flask_app.py": wrong option hide="3"; known: src, request,',
        ),
        (
            FENCE.format(HELLO, 'hl_lines="a"'),
            'src="hello/flask_app.py": wrong option hl_lines="a"; known: ',
        ),
        (
            FENCE.format(HELLO, 'request="bye"'),
            "hello/flask_app.py: unknown request 'bye'; known: hello, echo,",
        ),
        (
            f'```py {{ .runnable src="{HELLO}" }}\nprint()\n```',
            "examples/hello/flask_app.py: the fence's text is not the file's; its "
            'body must be --8<-- "examples/hello/flask_app.py"',
        ),
        (
            '```py { .runnable src="hello/jango_app.py" }\nx\n```',
            "examples/hello/jango_app.py: no such example; check its folder and name",
        ),
        (
            "```py { .runnable }\nx = 1\n```",
            "a runnable fence has both the class and the path",
        ),
        (
            f'```py {{ src="{HELLO}" }}\nx = 1\n```',
            "a runnable fence has both the class and the path",
        ),
        (f'```py src="{HELLO}" runnable\nx = 1\n```', "wrong option runnable="),
    ],
)
def test_wrong_fence_fails_the_build(fence: str, complaint: str) -> None:
    with pytest.raises(SuperFencesException) as failure:
        convert(fence)
    assert complaint in str(failure.value)
    assert "\n" not in str(failure.value)


def test_package_names_are_normalized() -> None:
    wanted = ["Flask>=3", "uvicorn[standard]", "zope.interface ; python_version > '3'"]
    assert package_names(wanted) == ["flask", "uvicorn", "zope-interface"]
