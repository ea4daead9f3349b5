"""Parts of the standard library and of packages: fetched where a program's import misses them.

Most programs need a third of the library, and wait for no more than that. The interpreter's thread
is held while a part comes, as it is while a module is read from a disk.
"""

import importlib
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

Fetch = Callable[[str], bytes]


class LateLibrary:
    """A finder that comes last: it is asked for what no other finder has."""

    def __init__(
        self, fetch: Fetch, folder: Path, of: str, parts: Mapping[str, Sequence[str]]
    ) -> None:
        """Know the modules of each part, and who fetches one.

        Args:
            fetch: Gives a part's archive.
            folder: Where it is unpacked.
            of: Of what these are parts, for a reader; `{}` is replaced by the part's name.
            parts: The modules of each part, by its name.
        """
        self._fetch = fetch
        self._folder = folder
        self._of = of
        self._part_of = {module: part for part, modules in parts.items() for module in modules}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Fetch the part that has the module, and find it there.

        Raises:
            ImportError: The part could not be fetched.
        """
        part = self._part_of.get(fullname)
        if part is None:
            return None
        whole = self._of.format(part)
        sys.stderr.write(f"import {fullname}: fetching more of {whole} …\n")
        try:
            data = self._fetch(part)
        except Exception as error:
            raise ImportError(
                f"{fullname} is in a part of {whole} that could not be fetched: "
                f"{error}. Run again once the site can be reached.",
                name=fullname,
            ) from None
        self._part_of = {name: other for name, other in self._part_of.items() if other != part}
        unpack(data, self._folder)
        importlib.invalidate_caches()
        return PathFinder.find_spec(fullname, path, target)


def unpack(data: bytes, folder: Path) -> None:
    """Unpack an archive of the runtime: its one entry is the archive itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as outer:
        inner = outer.read(outer.namelist()[0])
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        archive.extractall(folder)


def install(fetch: Fetch, folder: Path, names: str) -> None:
    """Let imports find what is still to be fetched.

    Args:
        fetch: Gives an archive, by the name of the library's part or of the distribution.
        folder: The standard library's, with `site-packages/` in it.
        names: The file in it that lists the modules of the library's later parts, and the packages
            of distributions' later archives.
    """
    os.environ.pop("PYTHONPATH", None)  # how this interpreter was told of the folder
    late = json.loads((folder / names).read_text("utf-8"))
    sys.meta_path += [
        LateLibrary(fetch, folder, "Python's standard library", late["library"]),
        LateLibrary(fetch, folder / "site-packages", "{}", late["packages"]),
    ]
