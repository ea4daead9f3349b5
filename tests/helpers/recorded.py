"""What a real server did, written down for a page: docs/data/ holds it, and a test holds that."""

from helpers.paths import ROOT
from runnable.catalogue.servers import ServerSpec

HOW = "pytest --write-recorded"
INTERFACES = {"granian", "hypercorn"}  # they serve both, and differ in it
KINDS = {"Gunicorn": "sync", "Uvicorn": "h11"}  # of several, that of the plain name


def compare(name: str, text: str, *, write: bool) -> None:
    """Assert that a file of docs/data/ says what was seen just now; write it where asked to."""
    path = ROOT / "docs/data" / name
    if write:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, f"if this is right, write it down with `{HOW}`"


def title_of(server: ServerSpec) -> str:
    """Give the name of a server for a table that has all: with its kind of worker, or interface."""
    own, _, kind = server.name.partition("-")
    if own in INTERFACES:
        return f"{server.title} ({server.interface})"
    if server.title in KINDS:
        return f"{server.title} `{kind or KINDS[server.title]}`"
    return server.title
