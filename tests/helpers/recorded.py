"""What a real server did, written down for a page: docs/data/ holds it, and a test holds that."""

from helpers.paths import ROOT

HOW = "pytest --write-recorded"


def compare(name: str, text: str, *, write: bool) -> None:
    """Assert that a file of docs/data/ says what was seen just now; write it where asked to."""
    path = ROOT / "docs/data" / name
    if write:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, f"if this is right, write it down with `{HOW}`"
