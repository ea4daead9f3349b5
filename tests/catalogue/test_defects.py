"""Each known defect is described rightly, and met by a test."""

from pathlib import Path

import pytest
from helpers.capabilities.expectations import capabilities
from helpers.catalogue import ALL, SERVERS
from helpers.defects import DEFECTS
from helpers.paths import EXAMPLES, ROOT

from runnable.catalogue.choice import suits
from runnable.catalogue.defects import find_defect, load_defects
from runnable.catalogue.toml_tables import ExampleError


def test_every_defect_is_met_by_a_test() -> None:
    """By an example on a server, one under a validator, a capability, or a test that names it."""
    known = DEFECTS.values()
    of_servers = [
        find_defect(known, example, server)
        for server in SERVERS.values()
        for example in ALL.values()
        if suits(server, example) and server.name != example.server
    ]
    of_examples = [find_defect(known, example) for example in ALL.values()]
    expected = [cell for entry in capabilities().values() for cell in entry.expected.values()]
    met = {defect.id for defect in of_servers + of_examples if defect}
    met |= {expectation.defect for expectation in expected}
    tests = "".join(path.read_text("utf-8") for path in ROOT.glob("tests/examples/test_*.py"))
    unmet = [id_ for id_ in DEFECTS if id_ not in met and f'DEFECTS["{id_}"]' not in tests]
    assert not unmet, "no test meets these defects: take them out of defects.toml"


def test_servers_of_a_defect_are_known() -> None:
    for defect in DEFECTS.values():
        assert {*defect.servers} <= SERVERS.keys(), defect.id


def test_capability_has_a_defect_of_its_own_server() -> None:
    for entry in capabilities().values():
        for server, cell in entry.expected.items():
            assert not cell.defect or server in DEFECTS[cell.defect].servers, (entry.key, server)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("reason =", "why ="), "reason is missing; add it"),
        (('"a \\\\w"', '"("'), "symptom must be a regular expression: missing ), "),
        (("symptom =", "# "), "symptom is missing: say how the examples fail"),
        (('["daphne"]', '"daphne"'), "servers must be a list, not 'daphne'"),
        (
            ("servers", "server"),
            "unknown key 'server'; known: examples, reason, reference, se",
        ),
    ],
)
def test_wrong_defect_is_refused(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    text = (
        '[one]\nservers = ["daphne"]\nexamples = ["hello/"]\nreason = "It is."\n'
        'reference = "https://example.org/"\nsymptom = "a \\\\w"\n'
    )
    path = tmp_path / "defects.toml"
    path.write_text(text)
    [defect] = load_defects(path).values()
    assert defect.concerns(ALL["hello/bare_asgi_app.py"], SERVERS["daphne"])
    assert not defect.concerns(ALL["hello/bare_asgi_app.py"], SERVERS["granian"])
    assert not defect.concerns(ALL["hello/bare_asgi_app.py"], None)
    assert not defect.concerns(ALL["notes/bare_asgi_app.py"], SERVERS["daphne"])
    assert change[0] in text
    path.write_text(text.replace(*change))
    with pytest.raises(ExampleError) as failure:
        load_defects(path)
    assert str(failure.value).startswith(f"{path}: one: {complaint}")
    assert "\n" not in str(failure.value)


def test_missing_ledger_is_named() -> None:
    with pytest.raises(ExampleError, match=r"nowhere.toml: missing; describe the known defects"):
        load_defects(EXAMPLES / "nowhere.toml")
