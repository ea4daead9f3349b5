"""What examples/deploy/ holds is on a page, as the file is, and fits into a phone's width."""

from pathlib import Path

import pytest
from helpers.paths import EXAMPLES, ROOT

FOLDER = EXAMPLES / "deploy"
FILES = sorted(
    path for path in FOLDER.rglob("*.*") if "__pycache__" not in path.parts and path.is_file()
)
SHOWN = [path for path in [*FILES, FOLDER / "Dockerfile"] if path.name != "requests.toml"]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_page_shows_it(path: Path) -> None:
    include = f'--8<-- "{path.relative_to(ROOT).as_posix()}"'
    assert any(include in page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize(
    "path", sorted(FOLDER.rglob("*_app.py")), ids=lambda path: str(path.relative_to(FOLDER))
)
def test_it_is_narrow(path: Path) -> None:
    assert max(map(len, path.read_text("utf-8").splitlines())) <= 72
