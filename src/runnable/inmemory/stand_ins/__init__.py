"""Stand-ins for modules that a browser's interpreter has not: found last, so never in CPython.

What lies in this folder is importable by its own name, such as `httptools`, where nothing else is.
tests/inmemory/test_stand_ins.py holds each against the real one.
"""

import sys
from pathlib import Path
from types import ModuleType

FOLDER = str(Path(__file__).parent)


def install() -> None:
    """Let the modules of this folder be found, after all others."""
    if FOLDER not in sys.path:
        sys.path.append(FOLDER)


def provide(module: ModuleType, **values: object) -> None:
    """Give a module of the standard library the names that a server looks for, where it has not."""
    for name, value in values.items():
        if not hasattr(module, name):
            setattr(module, name, value)
