"""What our Markdown fences share: options are kept or refused, and each error fails the build."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from pymdownx.superfences import SuperFencesException

# Superfences calls it with the fence's language, what its header states, what the formatter is to
# know, what becomes attributes, and the Markdown instance.
type Validator = Callable[[str, dict[str, Any], dict[str, Any], dict[str, Any], Any], bool]


def failing_the_build[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Have every error fail the build: at any but its own, superfences leaves the fence as text."""

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except SuperFencesException:
            raise
        except Exception as error:
            where = f"{function.__module__}.{function.__qualname__}"
            raise SuperFencesException(f"{where}: {error!r}") from error

    return call


def keeping_options(refuse: Callable[[dict[str, str]], None]) -> Validator:
    """Make a validator that keeps all options of a fence's header.

    Args:
        refuse: Raises SuperFencesException where they are wrong: that is an error, and never
            another fence.
    """
    refuse = failing_the_build(refuse)

    def validate(
        language: str,
        inputs: dict[str, Any],
        options: dict[str, Any],
        attrs: dict[str, Any],
        md: Any,
    ) -> bool:
        refuse(inputs)
        options.update(inputs)
        return True

    return validate
