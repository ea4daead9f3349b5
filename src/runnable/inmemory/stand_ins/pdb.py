"""In place of the debugger, which wants a terminal: what Click, which Quart imports, looks for."""

from typing import NoReturn

NO_TERMINAL = "a page has no terminal to debug at; print() writes to the log"


class Pdb:
    """A debugger that cannot be made."""

    def __init__(self, *_: object, **__: object) -> None:
        raise RuntimeError(NO_TERMINAL)


def set_trace(**_: object) -> NoReturn:
    """What `breakpoint()` calls.

    Raises:
        RuntimeError: always.
    """
    raise RuntimeError(NO_TERMINAL)
