"""What each server is expected to do, capability by capability: reads the TOML files beside it.

A file is a group, a table in it a capability, whose test is the function of the same name in the
group's module: `[keep-alive]` of connection.toml is `test_keep_alive` in test_connection.py.

Every server of its interface is expected to say "yes", except those with a table of their own:

    [keep-alive.except."gunicorn wsgiref"]
    value = "no"
    note = "Why, in a line."
    reference = "https://…"

A known defect has its note and its reference in examples/defects.toml:

    [write-callable.except.granian-wsgi]
    value = "no"
    defect = "granian-no-write"

**Partly** has one rule, so that a column can be compared with another. A server has a capability
partly where it does a part of what is asked, or does all of it only with an option, a package or a
signal that its command here lacks. The question itself may ask for an option; having it is then a
yes. What an option does is measured, too: by the test itself, or by that of test_options.py which
`option` names. Another worker class is another server here, in a column of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.defects import DEFECTS
from helpers.paths import EXAMPLES, ROOT
from runnable.catalogue.capabilities import Value
from runnable.catalogue.servers import load_servers
from runnable.catalogue.toml_tables import Table, parse_toml

type Record = Callable[[Value, str], None]  # takes what was measured, and a line of evidence

HERE = ROOT / "tests" / "capabilities"
SERVERS = load_servers(EXAMPLES / "servers.toml")
INTERFACES = {"WSGI", "ASGI", "aiohttp"}
# in the order in which they are published
GROUPS = {
    "connection": "The connection",
    "answers": "Answers and limits",
    "operation": "In operation",
    "wsgi": "WSGI",
    "asgi": "ASGI",
    "websocket": "WebSocket",
    "http2": "HTTP/2",
    "http3": "HTTP/3",
}


@dataclass(frozen=True)
class Expectation:
    """What one server is expected to do.

    Attributes:
        value: Whether it has the capability.
        note: Why not, or how, in a line.
        reference: The address of what says so.
        defect: The id of the known defect; empty where the capability is left out, or decided
            otherwise.
        option: The test in test_options.py that measures it with an option.
    """

    value: Value = "yes"
    note: str = ""
    reference: str = ""
    defect: str = ""
    option: str = ""


@dataclass(frozen=True)
class Capability:
    """A capability.

    Attributes:
        key: Its name, the table's.
        group: The file that it stands in, without its suffix.
        title: Its name on the page.
        question: What is asked, in a line.
        authority: What the answer rests on: titles and addresses.
        interface: Whose servers are asked.
        expected: What is expected of each of those servers.
    """

    key: str
    group: str
    title: str
    question: str
    authority: dict[str, str]
    interface: tuple[str, ...]
    expected: dict[str, Expectation]

    @property
    def module(self) -> Path:
        """The file that measures it."""
        return HERE / f"test_{self.group}.py"

    @property
    def function(self) -> str:
        """The test that measures it."""
        return f"test_{self.key.replace('-', '_')}"


@cache
def capabilities() -> dict[str, Capability]:
    """Read them all.

    Raises:
        ExampleError: In one line, the file, the table, what is wrong in it.
    """
    found: dict[str, Capability] = {}
    for group in GROUPS:
        path = HERE / f"{group}.toml"
        for capability in read_group(path) if path.is_file() else []:
            if capability.key in found:
                raise Table({}, str(path)).error(f"{capability.key} stands in another file too")
            found[capability.key] = capability
    return found


def read_group(path: Path) -> list[Capability]:
    """Read one file."""
    top = Table(parse_toml(path.read_text("utf-8"), str(path)), str(path))
    return [_capability(key, path.stem, top.table(key)) for key in top.values]


def _capability(key: str, group: str, table: Table) -> Capability:
    interface = table.texts("interface")
    expected = {
        name: Expectation() for name, spec in SERVERS.items() if spec.interface in interface
    }
    if not interface or set(interface) - INTERFACES:
        raise table.error("interface must be a list of WSGI, ASGI, aiohttp")
    exceptions = Table(table.get("except", dict, {}), f"{table.where}: except")
    seen: set[str] = set()
    for names in exceptions.values:
        expectation = _expectation(exceptions.table(names))
        for name in names.split():
            if name not in expected:
                known = ", ".join(expected)
                raise exceptions.error(f"{name} is no server of its interface; known: {known}")
            if name in seen:
                raise exceptions.error(f"{name} stands in two tables")
            seen.add(name)
            expected[name] = expectation
    capability = Capability(
        key=key,
        group=group,
        title=table.get("title", str),
        question=table.get("question", str),
        authority=table.mapping("authority", str),
        interface=interface,
        expected=expected,
    )
    table.end()
    return capability


def _expectation(table: Table) -> Expectation:
    match table.get("value", str, "yes"):
        case "yes" | "no" | "partly" as value:
            pass
        case other:
            raise table.error(f"value must be yes, no or partly, not {other!r}")
    id_ = table.get("defect", str, "")
    if not id_:
        note, reference = table.get("note", str), table.get("reference", str, "")
        expectation = Expectation(value, note, reference, option=table.get("option", str, ""))
        if expectation.option and value == "no":
            raise table.error("what an option does is not missing")
    elif id_ not in DEFECTS:
        raise table.error(f"unknown defect {id_!r}; add it to examples/defects.toml")
    elif value == "yes":
        raise table.error("a defect is no yes")
    else:
        expectation = Expectation(value, DEFECTS[id_].reason, DEFECTS[id_].reference, id_)
    table.end()
    return expectation
