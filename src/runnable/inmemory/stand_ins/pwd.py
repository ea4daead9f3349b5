"""In place of the users' database: what Gunicorn imports to find a user named in its settings.

A browser's interpreter has no users, and no user is named.
"""

from typing import NoReturn


def getpwnam(name: str) -> NoReturn:
    """There is no such user.

    Raises:
        KeyError: always.
    """
    raise KeyError(f"getpwnam(): name not found: {name!r}")
