"""What is published of the capabilities is what is expected, all of it, and nothing else."""

import ast
from pathlib import Path
from typing import Any

import pytest
from helpers.capabilities import published
from helpers.capabilities.expectations import HERE, SERVERS, capabilities, read_group

from runnable.catalogue.capabilities import Matrix
from runnable.catalogue.servers import ServerSpec
from runnable.catalogue.toml_tables import ExampleError

AGAIN = (
    "docs/data/capabilities.json is not what is expected of the servers: run `make capabilities`"
)


@pytest.fixture(scope="module")
def found() -> Matrix:
    return published.read()


def test_published_matrix_is_the_expected_one(found: Matrix) -> None:
    expected = published.expected()
    for key, capability in found["capabilities"].items():
        for name, cell in capability["cells"].items():
            assert cell["evidence"], f"{key} of {name} has no evidence: run `make capabilities`"
            cell["evidence"] = ""  # as in what is expected
    assert found["capabilities"] == expected, AGAIN
    assert list(found["capabilities"]) == list(expected), AGAIN
    assert found["groups"] == published.GROUPS, AGAIN
    assert found["servers"].keys() == SERVERS.keys(), AGAIN


@pytest.mark.parametrize("server", SERVERS.values(), ids=SERVERS)
def test_published_versions_are_those_that_are_tested(
    server: ServerSpec, found: Matrix, need: Any
) -> None:
    need(server)
    assert found["servers"][server.name]["versions"] == published.versions(server), (
        "run `make capabilities`"
    )


def test_every_capability_has_its_test() -> None:
    for capability in capabilities().values():
        tree = ast.parse(capability.module.read_text("utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert capability.function in functions, f"{capability.key} is expected, but not measured"


def test_every_option_has_its_test() -> None:
    source = (HERE / "test_options.py").read_text("utf-8")
    named = {
        cell.option
        for capability in capabilities().values()
        for cell in capability.expected.values()
        if cell.option
    }
    assert named
    for name in named:
        assert f"def {name}(" in source, f"{name} is no test of test_options.py"


def test_every_group_is_read() -> None:
    assert {path.stem for path in HERE.glob("*.toml")} <= published.GROUPS.keys()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('"WSGI"', '"CGI"'), "one: interface must be a list of WSGI, ASGI, aiohttp"),
        (("title", "name"), "one: title is missing; add it"),
        (("daphne", "hypercorn-wsgi"), "except: hypercorn-wsgi stands in two tables"),
        (("daphne", "apache"), "except: apache is no server of its interface; known: wsgiref, "),
        (('"no"', '"never"'), "value must be yes, no or partly, not 'never'"),
        (('"no"', '"yes"'), "a defect is no yes"),
        (("granian-no", "granite-no"), "unknown defect 'granite-no-write'; add it to examples/"),
        (("reference", "because"), "unknown key 'because'; known: defect, "),
        (("note", "#"), "note is missing; add it"),
        (('note = "It', 'option = "test"\nnote = "It'), "what an option does is not missing"),
    ],
)
def test_wrong_expectation_is_refused(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    text = (
        '[one]\ntitle = "One"\nquestion = "Is it?"\ninterface = ["WSGI", "ASGI"]\n'
        'authority = {}\n[one.except."hypercorn-wsgi daphne"]\nvalue = "no"\nnote = "It is not."\n'
        'reference = "https://example.org/"\n'
        '[one.except.granian-wsgi]\nvalue = "no"\ndefect = "granian-no-write"\n'
    )
    path = tmp_path / "wsgi.toml"
    path.write_text(text)
    assert read_group(path)[0].expected["daphne"].value == "no"
    path.write_text(text.replace(*change))
    with pytest.raises(ExampleError) as failure:
        read_group(path)
    assert complaint in str(failure.value)
    assert str(failure.value).startswith(f"{path}: one")
