"""The start of an interpreter, up to its session: at once, or from a memory snapshot.

A browser may keep an interpreter's memory as it is once the session is made and the libraries are
imported, and begin a later one with that. All in it is then as old as the snapshot: `resume` puts
right what must be new. It comes before any program runs, and before anything else is imported.

The order is the same either way: first the session, which replaces functions of the standard
library, then the imports, which may take those functions with them. So the session of a snapshot is
made before it has a page. What it would say, or fetch, meanwhile is refused with the snapshot.
"""

import gc
import importlib
import logging
import os
import random
import sys
import time
from collections.abc import Callable
from importlib.machinery import ExtensionFileLoader
from pathlib import Path

from runnable.inmemory import late_library
from runnable.inmemory.messages import FromSession
from runnable.inmemory.session import Post, Session


class NotKeptError(Exception):
    """This interpreter cannot begin another: a plain start is the right one."""


class Outside:
    """What an interpreter has beyond itself, its page and its site; neither, until it is opened."""

    def __init__(self) -> None:
        self._post: Post | None = None
        self._fetch: Callable[[str], bytes] | None = None
        self.missed: list[str] = []  # what was asked of it before

    def open(self, post: Post, fetch: Callable[[str], bytes]) -> None:
        """Have what is posted and fetched from now on go there."""
        self._post, self._fetch = post, fetch

    def post(self, message: FromSession) -> None:
        """Post a message to the page."""
        if self._post is None:
            self.missed.append(str(message))
        else:
            self._post(message)

    def fetch(self, part: str) -> bytes:
        """Fetch a part of the standard library.

        Raises:
            OSError: There is no site.
        """
        if self._fetch is None:
            self.missed.append(part)
            raise OSError("there is no site")
        return self._fetch(part)


class Start:
    """An interpreter that has a session, and later a page."""

    def __init__(self, library: str, late_modules: str) -> None:
        """Make the session.

        Args:
            library: The folder of the standard library.
            late_modules: The file in it that lists what is still to be fetched.
        """
        self._outside = Outside()
        late_library.install(self._outside.fetch, Path(library), late_modules)
        self._session = Session(self._outside.post)
        self._generators: list[random.Random] = []

    def open(self, post: Post, fetch: Callable[[str], bytes]) -> Session:
        """Give the session its page."""
        self._outside.open(post, fetch)
        return self._session

    def freeze(self) -> None:
        """Leave this interpreter as a snapshot may have it.

        Raises:
            NotKeptError: It has what is not in its memory alone.
        """
        if self._outside.missed:
            raise NotKeptError(f"an import has asked for what is outside: {self._outside.missed}")
        if extensions := [
            name
            for name, module in sys.modules.items()
            if isinstance(getattr(module, "__loader__", None), ExtensionFileLoader)
        ]:
            raise NotKeptError(f"these modules are WebAssembly of their own: {extensions}")
        sys.path.remove("")  # Pyodide adds it at each start
        # Libraries hold some of their own. The types are asked: a lazy object that is asked itself
        # makes what it stands for.
        kinds = [(each, type(each)) for each in gc.get_objects()]
        self._generators = [each for each, kind in kinds if issubclass(kind, random.Random)]
        gc.collect()

    def resume(self) -> None:
        """Put right what is as old as the snapshot."""
        for generator in self._generators:
            generator.seed()
        self._generators.clear()
        if processes := sys.modules.get("multiprocessing.process"):
            processes.current_process().authkey = os.urandom(32)
        logging._startTime = time.time_ns()  # type: ignore[attr-defined]
        self._session.restart_clocks()
        sys.path_importer_cache.clear()
        importlib.invalidate_caches()


_started: Start | None = None


def begin(library: str, late_modules: str) -> Start:
    """Start; see `Start`."""
    global _started
    _started = Start(library, late_modules)
    return _started


def resume() -> Start:
    """Give the start that is in the snapshot.

    Raises:
        NotKeptError: There is none.
    """
    if _started is None:
        raise NotKeptError("this memory has no session")
    _started.resume()
    return _started
