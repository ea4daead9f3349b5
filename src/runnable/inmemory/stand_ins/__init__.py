"""Stand-ins for modules that a browser's interpreter lacks: found last, so the real one wins.

`install` puts this folder at the end of `sys.path`. A module in it, such as `httptools`, is then
imported by its own name, but only where the interpreter finds no other of that name.
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
