"""Every example is described rightly, and what is described wrongly is refused."""

import ast
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest
from helpers.paths import EXAMPLES as ROOT
from packaging.requirements import Requirement

from runnable.catalogue.contract_file import load_contract
from runnable.catalogue.examples import (
    Example,
    ExampleError,
    find_examples,
    load_example,
    package_names,
)
from runnable.catalogue.servers import server_of

EXAMPLES = find_examples(ROOT)
NAMES = {
    "hello": {"aiohttp", "bare_asgi", "bare_wsgi", "flask", "starlette"},
    "streaming": {"bare_asgi", "bare_wsgi", "flask", "starlette"},
    "websocket": {"aiohttp", "bare_asgi", "starlette"},
    "blocking": {"flask", "starlette", "starlette_blocking"},
}


def test_examples_are_found_in_order() -> None:
    names = [example.name for example in EXAMPLES]
    assert names == sorted(names)
    wanted = {f"{topic}/{name}_app.py" for topic in NAMES for name in NAMES[topic]}
    assert wanted <= set(names)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example_is_fit_to_be_published(example: Example) -> None:
    tree = ast.parse(example.source)
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    assert first.endswith("."), "the docstring's first line says what it shows"
    assert max(map(len, example.source.splitlines())) <= 72
    assert example.source.startswith("# /// script\n")
    assert example.source.endswith("\n")
    assert not example.source.endswith("\n\n")
    server = server_of(example)
    assert server.browser, "every example so far runs in the page"
    # The standard library's server needs no dependency; every other is one.
    assert server.name in {"wsgiref", *example.dependencies}


def test_a_contract_names_examples_that_there_are() -> None:
    for path in ROOT.glob("*/requests.toml"):
        contract = load_contract(path)
        entries = (*contract.requests, *contract.websockets)
        named = {module for entry in entries for module in entry.modules}
        named |= {module for request in contract.requests for module in request.overlaps}
        there = {file.stem for file in path.parent.glob("*_app.py")}
        assert named | set(contract.mistakes) <= there, path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_what_an_example_imports_is_in_its_header(example: Example) -> None:
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(example.source))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    required = {  # what its packages require, such as FastAPI's pydantic, it may import too
        Requirement(line).name
        for name in package_names(example.dependencies)
        for line in metadata.requires(name) or []
    }
    named = {*package_names(example.dependencies)}
    assert imported <= sys.stdlib_module_names | named | required


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of an example, to be spoilt."""
    (tmp_path / "hello").mkdir()
    for name in ("servers.toml", "hello/bare_wsgi_app.py", "hello/requests.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path / "hello/bare_wsgi_app.py"


HEADER = '# dependencies = []\n# tool.runnable.server = "wsgiref"\n'


def complaint_about(path: Path) -> str:
    with pytest.raises(ExampleError) as failure:
        load_example(path)
    text = str(failure.value)
    assert text.startswith(str(path.parent))
    assert "\n" not in text
    return text.removeprefix(f"{path.parent}/")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("# /// script\n", ""), "no script header; start the file with '# /// script'"),
        (("# ///\n", ""), "no script header; start the file with '# /// script'"),
        (("# dependencies", "dependencies"), "no script header; start"),
        (("# ///\n", "# ///\n\n# /// script\n#\n# ///\n"), "2 script headers; keep one"),
        (("[]", "["), "3: not TOML: "),
        (("[]", "'flask'"), "1: dependencies must be a list, not 'flask'"),
        (("[]", "[1]"), "1: dependencies must be a list of texts, not [1]"),
        (("[]", "['flask >']"), "1: dependencies: 'flask >' is not a requirement (PEP 508): "),
        (("dependencies", "requirements"), "1: unknown key 'requirements'; known: dep"),
        (("# tool.runnable.server", "# tool.server"), "1: tool: runnable is missing; add"),
        ((".server", ".sever"), "1: tool: runnable: server is missing; add it"),
        (('"wsgiref"', "1"), "1: tool: runnable: server must be a text, not 1"),
        (('ref"\n', 'ref"\n# tool.runnable.a = 1\n'), "unknown key 'a'; known: app, server"),
    ],
)
def test_wrong_header_is_refused(copy: Path, change: tuple[str, str], complaint: str) -> None:
    assert HEADER in copy.read_text()
    copy.write_text(copy.read_text().replace(*change, 1))
    text = complaint_about(copy)
    assert text.startswith("bare_wsgi_app.py:")
    assert complaint in text


def test_header_may_say_more(copy: Path) -> None:
    more = (
        "#\n# requires-python = '>=3.13'\n# tool.other = 1\n# tool.runnable.app = 'x'\n"
        "# text = '''\n# ///\n# '''\n"  # a block ends with the comment's last ///
    ).replace("text", "tool.runnable_text")
    copy.write_text(copy.read_text().replace(HEADER, HEADER + more))
    example = load_example(copy)
    assert (example.app, example.server, example.dependencies) == ("x", "wsgiref", ())


@pytest.mark.parametrize("name", ["flask.py", "Flask_app.py", "a-b_app.py"])
def test_file_that_could_hide_a_package_is_refused(copy: Path, name: str) -> None:
    path = copy.rename(copy.with_name(name))
    assert complaint_about(path).startswith(f"{name}: rename it to <name>_app.py")


def test_missing_files_are_named(copy: Path, tmp_path: Path) -> None:
    assert "no such example" in complaint_about(copy.with_name("other_app.py"))
    copy.with_name("requests.toml").unlink()
    assert complaint_about(copy).startswith("requests.toml: missing; write")
    with pytest.raises(ExampleError, match="no examples; they are files <topic>/"):
        find_examples(tmp_path / "hello")
