"""Which tests stay together when several processes share the suite (pytest-xdist)."""

import re

from xdist.scheduler.loadscope import LoadScopeScheduling

EXAMPLE = re.compile(r"\w+/\w+_app\.py")


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Gives a process one unit of tests after the other, in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def unit_of(nodeid: str) -> str:
    """Give the name of the unit that a test belongs to.

    Tests of one example share what it answered on a socket, and its page. Those that measure one
    server share the server while it is up. Those that look at one build of the runtime share the
    build, and those that judge CPython's tests share one run of them. Any other test function is a
    unit of its own.
    """
    function, _, parameters = nodeid.partition("[")
    if nodeid.startswith("tests/examples/") and (example := EXAMPLE.search(parameters)):
        return example[0]
    if nodeid.startswith("tests/capabilities/"):
        return f"tests/capabilities/[{parameters}"
    if nodeid.startswith(("tests/runtime/", "tests/inmemory/test_cpython.py")):
        return function.partition("::")[0]
    return function
