"""Keeps what happened, in a ring, and gives it to who watches, in batches.

The strategy: to note an entry must cost next to nothing, for every request is recorded, watched or
not. So an entry is a tuple, and its value is frozen (values.py). JSON is made only while somebody
watches: at most every `PAUSE` seconds, so many entries at once, and at once where the application
is called, for it may then block the only thread.
"""

import asyncio
import json
import time
from asyncio import current_task
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from itertools import islice
from typing import Any, NamedTuple

from runnable.inmemory.recording.values import freeze, thaw

MOST_ENTRIES = 5000
MOST_BYTES = 4 * 1024 * 1024  # of all frozen values together
PAUSE = 0.05  # seconds between two batches
BATCH = 500  # entries
LONG = 0.001  # seconds: what takes less is not told by itself


class Where(NamedTuple):
    """To which connection and which call of the application a piece of code belongs."""

    connection: int | None = None
    request: int | None = None


NOWHERE = Where()
# The code that runs on a connection's behalf finds it here, in tasks that it starts, too.
WHERE: ContextVar[Where] = ContextVar("runnable.inmemory.recording", default=NOWHERE)

# kind, when, how long or None, where, task, frozen value; times are the clock's, in seconds
Noted = tuple[str, float, float | None, Where, str | None, bytes]
# JSON of the entries, when the recording began, and how many are missing before the first of them.
Watcher = Callable[[str, int, int], None]


class Recorder:
    """What happened to the server of one event loop, and a watcher who is told."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.clock = time.perf_counter
        self.restart_clock()
        self._ring: deque[Noted] = deque(maxlen=MOST_ENTRIES)
        self._bytes = 0  # of the values in the ring, or more: what falls out is not subtracted
        self._next = 0  # the number of the next entry
        self._told = 0  # the number of the first entry that the watcher has not been given
        self._watcher: Watcher | None = None
        self._last_batch = 0.0
        self._sent = 0  # entries, since then
        self._timer: asyncio.TimerHandle | None = None
        self._connections = self._requests = 0
        self.step_owner: Where | None = None  # whose call began in the loop's current step

    def restart_clock(self) -> None:
        """Count the entries' times from now on."""
        # Two clocks, read together: `at` is of the first, which never jumps.
        self._began, self.began = time.perf_counter(), round(time.time() * 1000)

    def new_connection(self) -> int:
        """The number of a connection that begins."""
        self._connections += 1
        return self._connections

    def new_request(self) -> Where:
        """The place of a call of the application that begins here."""
        self._requests += 1
        where = Where(WHERE.get().connection, self._requests)
        self.step_owner = self.step_owner or where
        return where

    def note(
        self,
        kind: str,
        where: Where,
        value: bytes,
        *,
        since: float | None = None,
        at: float | None = None,
    ) -> None:
        """Add an entry.

        Args:
            kind: One of `entries.Kind`.
            where: The connection and the request.
            value: Frozen.
            since: When it began, by `clock`, if how long it took is to be noted.
            at: When it happened, by `clock`, if that was not now.
        """
        now = self.clock()
        task: Any = current_task(self._loop)
        name = task and task.get_name()
        took = None if since is None else now - since
        self._ring.append((kind, at or now, took, where, name, value))
        self._next += 1
        self._bytes += len(value)
        if self._bytes > MOST_BYTES:
            self._drop_bytes()
        if self._watcher is not None:
            self._tell_in_time(now, at_once=kind.endswith(".call"))

    def _drop_bytes(self) -> None:
        self._bytes = sum(len(noted[-1]) for noted in self._ring)
        while self._bytes > MOST_BYTES // 2:  # not again with the next entry
            self._bytes -= len(self._ring.popleft()[-1])

    def begin(self, server: str) -> None:
        """Forget what was before: a program starts, under this server."""
        self._ring.clear()
        self._bytes = 0
        self._told = self._next
        self.note("server.start", NOWHERE, freeze(server))

    # For who watches

    def watch(self, watcher: Watcher | None) -> None:
        """Give a watcher what was not given yet, and what happens from now on; None: nobody."""
        self._watcher = watcher
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if watcher is not None:
            self._tell(self.clock())

    def _tell_in_time(self, now: float, *, at_once: bool) -> None:
        # The loop may not turn for long: so each entry looks whether it is time, too.
        if at_once or now - self._last_batch >= PAUSE:
            self._tell(now)
        elif self._timer is None:
            self._timer = self._loop.call_later(PAUSE, self._tell_by_timer)

    def _tell_by_timer(self) -> None:
        self._timer = None
        self._tell(self.clock())

    def _tell(self, now: float) -> None:
        if now - self._last_batch < PAUSE and self._sent >= BATCH:
            self._tell_in_time(now, at_once=False)
            return
        if now - self._last_batch >= PAUSE:
            self._last_batch, self._sent = now, 0
        first = self._next - len(self._ring)
        missing, self._told = max(0, first - self._told), max(first, self._told)
        start = self._told - first
        batch = list(islice(self._ring, start, start + BATCH))
        if not batch or self._watcher is None:
            return
        self._told += len(batch)
        self._sent += len(batch)
        first = self._told - len(batch)
        entries = [self._entry(first + n, noted) for n, noted in enumerate(batch)]
        self._watcher(json.dumps(entries), self.began, missing)
        if self._told < self._next and self._timer is None:
            self._timer = self._loop.call_later(PAUSE, self._tell_by_timer)

    def _entry(self, n: int, noted: Noted) -> dict[str, Any]:
        """An entry as `entries.Entry` describes it."""
        kind, at, took, where, task, value = noted
        return {
            "n": n,
            "kind": kind,
            "at": round((at - self._began) * 1000, 3),
            "took": None if took is None else round(took * 1000, 3),
            "connection": where.connection,
            "request": where.request,
            "task": task,
            "value": thaw(value),
        }
