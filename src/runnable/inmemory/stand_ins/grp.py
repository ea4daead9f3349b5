"""In place of the groups' database: what Gunicorn imports to find a group named in its settings.

A browser's interpreter has no groups, and no group is named.
"""

from typing import NoReturn


def getgrnam(name: str) -> NoReturn:
    """There is no such group.

    Raises:
        KeyError: always.
    """
    raise KeyError(f"getgrnam(): name not found: {name!r}")
