"""Notes each step of the event loop that kept the thread for long, and for whom."""

import asyncio
import contextlib
from typing import Any

from runnable.inmemory.recording.recorder import LONG, NOWHERE, WHERE, Recorder
from runnable.inmemory.recording.values import freeze

NOTHING = freeze(None)


def record_steps(recorder: Recorder) -> contextlib.ExitStack:
    """Time what the loop runs: asyncio's loops and Pyodide's call `Handle._run` for each step.

    Returns:
        An exit stack whose `close()` puts back what was there.
    """
    handle: Any = asyncio.Handle
    original = handle._run
    clock = recorder.clock

    def run(self: Any) -> None:
        recorder.step_owner = None
        context, began = self._context, clock()
        original(self)
        if clock() - began >= LONG:
            where = recorder.step_owner or context.get(WHERE, NOWHERE)
            recorder.note("loop.step", where, NOTHING, since=began, at=began)

    handle._run = run
    undo = contextlib.ExitStack()
    undo.callback(setattr, handle, "_run", original)
    return undo
