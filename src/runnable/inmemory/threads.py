"""Threads that are not there: what would go to one runs in turn, on the only thread.

A browser's Python cannot start a thread (`RuntimeError: can't start new thread`). Frameworks send
their synchronous endpoints to a thread pool; here they run inline, one after another, with no event
loop in sight, as in a thread. What cannot work so, a thread that waits for the loop, fails with a
clear message.
"""

import asyncio
import concurrent.futures
import contextlib
import contextvars
from collections.abc import Callable
from typing import Any

WAITS_FOR_EVER = (
    "This waits for the event loop, which cannot turn until it returns: there are no threads here, "
    "so what would run in one holds the loop. On a real server it works."
)


def outside_loop[**P, T](function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function as a worker thread would: no event loop is running there."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return function(*args, **kwargs)
    finally:
        asyncio._set_running_loop(loop)


def install(loop: asyncio.AbstractEventLoop) -> contextlib.ExitStack:
    """Run inline what goes to a pool of threads, asyncio's, AnyIO's, or one of the program's own.

    Returns:
        An exit stack whose `close()` puts back what was there.
    """
    undo = contextlib.ExitStack()

    def replace(owner: Any, name: str, value: object) -> None:
        undo.callback(setattr, owner, name, getattr(owner, name))
        setattr(owner, name, value)

    def run_in_executor(_: object, function: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = loop.create_future()

        def run() -> None:
            if future.cancelled():
                return
            try:
                future.set_result(outside_loop(function, *args))
            except (
                BaseException
            ) as error:  # whatever it is, it is the caller's, as with a real pool
                future.set_exception(error)

        loop.call_soon(run)  # not inside the caller: a thread would not either
        return future

    replace(loop, "run_in_executor", run_in_executor)

    def submit(
        _: object, function: Callable[..., Any], /, *args: Any, **named: Any
    ) -> concurrent.futures.Future[Any]:
        done: concurrent.futures.Future[Any] = concurrent.futures.Future()
        try:
            done.set_result(outside_loop(function, *args, **named))
        except BaseException as error:  # the caller's, if it asks
            done.set_exception(error)
        return done

    replace(concurrent.futures.ThreadPoolExecutor, "submit", submit)

    wait_for_result = concurrent.futures.Future.result

    def result(future: concurrent.futures.Future[Any], timeout: float | None = None) -> Any:
        if not future.done():
            raise RuntimeError(WAITS_FOR_EVER)
        return wait_for_result(future, timeout)

    replace(concurrent.futures.Future, "result", result)

    async def run_sync(function: Callable[..., Any], *args: Any, **_: object) -> Any:
        return await loop.run_in_executor(None, contextvars.copy_context().run, function, *args)

    with contextlib.suppress(ImportError):  # a framework without AnyIO
        import anyio.to_thread

        replace(anyio.to_thread, "run_sync", run_sync)

    with contextlib.suppress(ImportError):  # all but Django
        from asgiref.sync import SyncToAsync

        replace(SyncToAsync, "context_to_thread_executor", NoExecutors())

    return undo


class NoExecutors(dict[Any, Any]):
    """Keeps none of the executors that asgiref makes for a request.

    None of them ever has a thread; and the one that asgiref finds at the request's end, it would
    start a thread to wait for.
    """

    def __setitem__(self, key: Any, value: Any) -> None:
        """Forget it."""
