"""Fences find what they show from where mkdocs runs: the project's folder."""

import pytest
from helpers.paths import ROOT


@pytest.fixture(autouse=True)
def _in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
