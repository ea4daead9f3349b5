"""How long tests wait for what must happen, in seconds: it decides only when a failure is seen."""

import time
from collections.abc import Callable

# Far above what anything takes on a quiet machine: others may have the processors.
PATIENCE = 120.0


def wait_until(condition: Callable[[], object]) -> bool:
    """Wait until a condition is true; give whether it ever was."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
