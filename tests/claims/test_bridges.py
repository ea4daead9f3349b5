"""What the page of bridges says of the wrappers that frameworks once brought."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("wrapper", ["starlette.middleware.wsgi", "fastapi.middleware.wsgi"])
def test_deprecated_wrappers_name_a2wsgi(wrapper: str) -> None:
    command = [sys.executable, "-W", "always", "-c", f"import {wrapper}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert "deprecated" in said
    assert "a2wsgi" in said
