"""The static host over a line: compressed as a real one compresses, and no faster than the line."""

import gzip
import urllib.request
from pathlib import Path

import pytest

from runnable.harness.static_host import Line, serve_folders


class Counted(Line):
    """A line that is never busy, and counts what it carries."""

    carried = 0

    def carry(self, size: int) -> None:
        """Count."""
        self.carried += size


@pytest.mark.parametrize(("name", "compressed"), [("page.js", True), ("archive.zip", False)])
def test_what_crosses_the_line_is_what_a_host_would_send(
    tmp_path: Path, name: str, compressed: bool
) -> None:
    content = b"the same again and again\n" * 1000
    (tmp_path / name).write_bytes(content)
    line = Counted(bits_per_second=1e9, round_trip=0)
    with serve_folders({"/site/": tmp_path}, line) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/site/{name}") as answer:
            body = answer.read()
            encoding = answer.headers["Content-Encoding"]
    assert encoding == ("gzip" if compressed else None)
    assert (gzip.decompress(body) if compressed else body) == content
    assert line.carried == len(body)


def test_a_line_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    monkeypatch.setattr("time.sleep", waits.append)
    line = Line(bits_per_second=8000, round_trip=0)
    line.carry(1000)
    line.carry(500)
    assert waits == [1.0, 1.5]
