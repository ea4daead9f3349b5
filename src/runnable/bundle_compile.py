"""Compiles the sources in zip files; bundle_compile.mjs runs it inside Pyodide.

pyodide-build's own py-compile does the work. What it writes depends a little on what
the process did before: marshal shares objects, or marks them as shared, by how often
they happen to be referenced. So each .pyc is written a second time with all equal
constants shared, which depends on nothing but the code.
"""

import marshal
import sys
import zipfile
from pathlib import Path
from types import CodeType
from typing import Any

HEADER_SIZE = 16  # PEP 552


def share(value: Any, shared: dict[Any, Any]) -> Any:
    """The one object that stands for all values equal to this in a module.

    Args:
        value: A code object, or any constant that one can hold.
        shared: What stands for what so far; it also keeps each object referenced, so
            that marshal marks every one as shared.
    """
    if isinstance(value, CodeType):
        parts = ("consts", "names", "filename", "name", "qualname", "linetable", "exceptiontable")
        new = {f"co_{part}": share(getattr(value, f"co_{part}"), shared) for part in parts}
        value = value.replace(**new)
    elif isinstance(value, tuple):
        value = tuple(share(item, shared) for item in value)
    elif isinstance(value, frozenset):
        value = frozenset(share(item, shared) for item in sorted(value, key=repr))
    # repr tells 0.0 from -0.0 and 1 from True in a tuple, which == does not
    return shared.setdefault((type(value), repr(value)), value)


def compile_archive(path: Path) -> None:
    """Replaces the sources in a zip file by what they compile to."""
    from pyodide_build._py_compile import _compile

    print(f"    compiling {path.stem}")
    _compile(path, path, keep=False, verbose=False, compression_level=0)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            if name.endswith(".pyc"):
                code = marshal.loads(data[HEADER_SIZE:])
                data = data[:HEADER_SIZE] + marshal.dumps(share(code, {}))
            archive.writestr(name, data)


if __name__ == "__main__":
    sys.path.append("/site-packages")
    for found in sorted(Path("/archives").glob("*.zip")):
        compile_archive(found)
