"""From a source text to a real module: importable by name, with its lines in tracebacks."""

import importlib.abc
import importlib.util
import linecache
import sys
import traceback
from types import ModuleType


class TextLoader(importlib.abc.SourceLoader):
    """Loads a module from a text; `linecache` finds the lines through `get_source`."""

    def __init__(self, text: str, path: str) -> None:
        self._text, self._path = text, path

    def get_filename(self, fullname: str) -> str:
        """The path that the module says it comes from."""
        return self._path

    def get_data(self, path: str | bytes) -> bytes:
        """The source; there is no cached bytecode."""
        if path != self._path:
            raise FileNotFoundError(path)
        return self._text.encode()


def load(text: str, module_name: str, path: str) -> ModuleType:
    """Run a source text as a module, anew each time.

    Args:
        text: The source.
        module_name: Its name in `sys.modules`; a module loaded under it before is dropped.
        path: What tracebacks and `__file__` say.

    Raises:
        BaseException: whatever the source raises; SyntaxError where it cannot be compiled.
    """
    sys.modules.pop(module_name, None)
    linecache.cache.pop(path, None)
    spec = importlib.util.spec_from_loader(module_name, TextLoader(text, path), origin=path)
    assert spec is not None
    assert spec.loader is not None
    spec.has_location = True
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[module_name]
        raise
    return module


def format_error(error: BaseException, path: str) -> str:
    """A traceback that begins in the reader's own file, whatever called it."""
    report = traceback.TracebackException.from_exception(error)
    frames = list(report.stack)
    if isinstance(error, SyntaxError) and error.filename == path:
        first = len(frames)  # it has no frame in the file: it names file and line by itself
    else:
        first = next((n for n, frame in enumerate(frames) if frame.filename == path), 0)
    report.stack = traceback.StackSummary.from_list(frames[first:])
    return "".join(report.format())
