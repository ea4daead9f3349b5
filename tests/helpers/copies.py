"""Copies of published examples, for a test that changes one."""

import shutil
from pathlib import Path

from helpers.paths import EXAMPLES
from runnable.catalogue.examples import Example, load_example


def copy_of(name: str, folder: Path) -> Example:
    """Copy an example's folder and the servers, so that a test can change them."""
    topic, file = name.split("/")
    shutil.copytree(EXAMPLES / topic, folder / topic, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(EXAMPLES / "servers.toml", folder)
    return load_example(folder / topic / file)
