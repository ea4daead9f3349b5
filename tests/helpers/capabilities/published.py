"""What the site publishes of the capabilities: docs/data/capabilities.json.

`make capabilities` writes it. A test holds it to what is expected, and each measurement is held to
the same, so that the file and the servers cannot disagree.

`pytest --write-capabilities --collect-only tests/capabilities` writes the texts alone: a cell keeps
its evidence where version and value are the same.
"""

import json
import platform
import re
import subprocess
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version

from helpers.capabilities.expectations import GROUPS, ROOT, SERVERS, Capability, capabilities
from runnable.catalogue.capabilities import CapabilityEntry, Matrix
from runnable.catalogue.servers import ServerSpec

PATH = ROOT / "docs/data/capabilities.json"

type Cell = tuple[str, str]  # of a capability and a server


def read() -> Matrix:
    """Give what is published, or an empty matrix."""
    if not PATH.is_file():
        return Matrix(date="", python="", apache="", groups={}, servers={}, capabilities={})
    found: Matrix = json.loads(PATH.read_text("utf-8"))
    return found


def versions(server: ServerSpec) -> dict[str, str]:
    """Give the versions of what a server consists of."""
    if not server.packages:
        # any release of this Python: CI has another than the last one measured
        return {"Python": ".".join(platform.python_version_tuple()[:2])}
    return {package: version(package) for package in server.packages}


def expected() -> dict[str, CapabilityEntry]:
    """Give the capabilities that the file must hold, with empty evidence."""
    return {key: _describe(entry) for key, entry in capabilities().items()}


def _describe(capability: Capability) -> CapabilityEntry:
    return {
        "group": capability.group,
        "title": capability.title,
        "question": capability.question,
        "authority": capability.authority,
        "interface": list(capability.interface),
        "test": f"{capability.module.relative_to(ROOT).as_posix()}::{capability.function}",
        "cells": {
            name: {
                "value": cell.value,
                "note": cell.note,
                "reference": cell.reference,
                "defect": bool(cell.defect),
                "evidence": "",
            }
            for name, cell in capability.expected.items()
        },
    }


def write(measured: Mapping[Cell, str]) -> None:
    """Publish what was measured; of the rest, what was on the same versions and is still so.

    Args:
        measured: The evidence for each value, which was as expected.
    """
    old = read()
    new: Matrix = {
        "date": f"{date.today()}",
        "python": platform.python_version(),
        "apache": _apache(),
        "groups": GROUPS,
        "servers": {
            name: {"interface": spec.interface, "versions": versions(spec)}
            for name, spec in SERVERS.items()
        },
        "capabilities": expected(),
    }
    for key, capability in new["capabilities"].items():
        before = old["capabilities"][key]["cells"] if key in old["capabilities"] else {}
        for name, cell in list(capability["cells"].items()):
            kept = before.get(name)
            same = old["servers"].get(name) == new["servers"][name]
            if (key, name) in measured:
                cell["evidence"] = measured[key, name]
            elif kept and same and kept["value"] == cell["value"]:
                cell["evidence"] = kept["evidence"]
            else:
                del capability["cells"][name]
    PATH.write_text(f"{json.dumps(new, indent=1, ensure_ascii=False)}\n", "utf-8")


def _apache() -> str:
    """Give the version of the Apache that mod_wsgi runs in: no distribution of Python's has it."""
    output = subprocess.run(["apache2", "-v"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Apache/([\d.]+)", output)
    assert found, output
    return found[1]
