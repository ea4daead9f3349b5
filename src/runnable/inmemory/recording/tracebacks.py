"""Keeps the recorder's lines out of tracebacks: they are neither the server's nor the reader's.

Python's import machinery leaves its own lines out, too.
"""

import contextlib
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = str(Path(__file__).parent)


def hide_recorder() -> contextlib.ExitStack:
    """Leave the lines of this package out of every traceback that `traceback` formats.

    Returns:
        An exit stack whose `close()` puts back what was there.
    """
    module: Any = traceback
    walk = module._walk_tb_with_full_positions

    def without_ours(tb: Any) -> Iterator[Any]:
        for frame, positions in walk(tb):
            if not frame.f_code.co_filename.startswith(HERE):
                yield frame, positions

    module._walk_tb_with_full_positions = without_ours
    undo = contextlib.ExitStack()
    undo.callback(setattr, module, "_walk_tb_with_full_positions", walk)
    return undo
