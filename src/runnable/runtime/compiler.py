"""Compiles and packs what is in zip files; compiler.mjs runs it inside Pyodide.

pyodide-build's own py-compile does the work. What it writes depends a little on what
the process did before: marshal shares objects, or marks them as shared, by how often
they happen to be referenced. So each .pyc is written a second time with all equal
constants shared, which depends on nothing but the code. Packing is done here too:
another machine's zlib may deflate in other words, Pyodide's is pinned.
"""

import ast
import io
import marshal
import sys
import zipfile
from pathlib import Path
from types import CodeType
from typing import Any

# Where the browser has what is in an archive. Sources carry these names while they are
# compiled, so that tracebacks show them.
SITE = "/lib/python3.14/site-packages/"
STDLIB = "/lib/python3.14/"

# The end of the name of a file that is kept as it is, until it is packed.
AS_SOURCE = ".as-source"

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say

# PEP 552: after the magic number, a hash-based .pyc that is never compared with its
# source; then the hash, and then the code.
UNCHECKED = b"\1\0\0\0"
HASH = slice(8, 16)

DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def pack(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these entries that depends on nothing but them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sorted(entries.items()):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, compression, compresslevel=9)
    return buffer.getvalue()


def pack_as_one(entries: dict[str, bytes]) -> bytes:
    """A zip file of one entry, a zip file of these: so they are compressed as one."""
    return pack({"archive.zip": pack(entries, zipfile.ZIP_STORED)})


def unpack(path: Path) -> dict[str, bytes]:
    """The files of a zip file, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


def unpack_one(path: Path) -> dict[str, bytes]:
    """The files of what `pack_as_one` made, by name."""
    [inner] = unpack(path).values()
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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


def compile_without_docstrings(source: bytes, filename: str) -> CodeType:
    """What `python -OO` gives, but for assertions, which stay."""
    tree = ast.parse(source, filename)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            nothing = ast.copy_location(ast.Pass(), node.body[0])
            node.body[:1] = [] if node.body[1:] else [nothing]
    return compile(tree, filename, "exec", dont_inherit=True)


def compile_archive(path: Path) -> None:
    """Replaces the sources in a zip file by what they compile to."""
    from pyodide_build._py_compile import _compile

    print(f"    compiling {path.stem}")
    sources = unpack(path)
    _compile(path, path, keep=False, verbose=False, compression_level=0)
    done = {}
    for name, data in unpack(path).items():
        if name.endswith(".pyc"):
            code = marshal.loads(data[HASH.stop :])
            if not name.startswith(SITE):  # of the standard library, where nothing needs them
                code = compile_without_docstrings(sources[name[:-1]], code.co_filename)
            code = share(code, {})
            data = data[:4] + UNCHECKED + data[HASH] + marshal.dumps(code)
        done[name.removeprefix(SITE).removeprefix(STDLIB).removesuffix(AS_SOURCE)] = data
    path.write_bytes(pack_as_one(done))


if __name__ == "__main__":
    sys.path.append("/site-packages")
    for found in sorted(Path("/archives").glob("*.zip")):
        compile_archive(found)
