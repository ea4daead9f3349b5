"""In place of CPython's module in C: Hypercorn imports it, and Quart imports Hypercorn.

There are no processes here, and nothing to share between them.
"""

from typing import NoReturn


class SemLock:
    """A semaphore that cannot be made."""

    SEM_VALUE_MAX = 0

    def __init__(self, *_: object) -> None:
        raise OSError("a browser's interpreter has no processes, and no semaphores between them")


def sem_unlink(name: str) -> NoReturn:
    """There is none to remove.

    Raises:
        FileNotFoundError: always.
    """
    raise FileNotFoundError(name)
