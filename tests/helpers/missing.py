"""What a test does where the machine lacks a program that it needs."""

import os

import pytest


def missing(message: str) -> None:
    """Fail where CI is set, skip elsewhere: a gap must not hide."""
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
