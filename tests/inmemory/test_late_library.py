"""What comes late is fetched where an import misses it, once; a failure says so."""

import importlib
import json
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from runnable.inmemory import late_library


def packed(files: dict[str, str]) -> bytes:
    """An archive as the runtime has them."""
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("archive.zip", inner.getvalue())
    return outer.getvalue()


REST = packed({"late_alone.py": "x = 1", "parted/late.py": "y = 2"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library in which one package is parted."""
    (tmp_path / "parted").mkdir()
    (tmp_path / "parted/__init__.py").touch()
    library = {"more": [], "rest": ["late_alone", "parted.late"]}
    late = {"library": library, "packages": {"Parted": ["parted.admin"]}}
    (tmp_path / "late_modules.json").write_text(json.dumps(late))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    yield tmp_path
    for name in ("late_alone", "parted", "parted.late", "parted.admin", "parted.admin.inner"):
        sys.modules.pop(name, None)


def test_a_part_comes_once_and_a_package_may_be_parted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def fetch(part: str) -> bytes:
        asked.append(part)
        return REST

    late_library.install(fetch, folder, "late_modules.json")
    assert importlib.import_module("parted.late").y == 2
    assert importlib.import_module("late_alone").x == 1
    assert asked == ["rest"]
    assert capsys.readouterr().err.startswith("import parted.late: fetching more of Python's")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_module")


def test_a_distribution_has_a_later_part(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(folder / "site-packages")
    (folder / "site-packages/parted").mkdir(parents=True)
    (folder / "site-packages/parted/__init__.py").touch()
    later = packed({"parted/admin/__init__.py": "", "parted/admin/inner.py": "z = 3"})
    archives = {"Parted": later}
    late_library.install(archives.pop, folder, "late_modules.json")
    assert importlib.import_module("parted.admin.inner").z == 3
    assert capsys.readouterr().err == "import parted.admin: fetching more of Parted …\n"


def test_a_part_that_does_not_come_is_an_import_error_and_is_tried_again(folder: Path) -> None:
    answers = [OSError("no network"), REST]

    def fetch(_: str) -> bytes:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    late_library.install(fetch, folder, "late_modules.json")
    with pytest.raises(ImportError, match=r"late_alone is in a part .* fetched: no network"):
        importlib.import_module("late_alone")
    assert importlib.import_module("late_alone").x == 1
