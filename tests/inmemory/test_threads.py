"""What would go to a thread runs inline: in turn, outside the loop, and never hangs."""

import asyncio
import contextvars
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import anyio.to_thread
import pytest
from asgiref.sync import ThreadSensitiveContext, sync_to_async

from runnable.inmemory import threads


def run_without_threads[T](main: Callable[[], Awaitable[T]]) -> T:
    async def installed() -> T:
        with threads.install(asyncio.get_running_loop()):
            return await main()

    return asyncio.run(installed())


def sees_no_loop() -> str:
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.get_running_loop()
    return "done"


async def in_executor() -> str:
    return await asyncio.get_running_loop().run_in_executor(None, sees_no_loop)


async def in_asyncio() -> str:
    return await asyncio.to_thread(sees_no_loop)


async def in_anyio() -> str:
    return await anyio.to_thread.run_sync(sees_no_loop)


async def in_a_pool_of_its_own() -> str:
    return ThreadPoolExecutor(1).submit(sees_no_loop).result()


@pytest.mark.parametrize("way", [in_executor, in_asyncio, in_anyio, in_a_pool_of_its_own])
def test_it_runs_as_a_thread_would(way: Callable[[], Awaitable[str]]) -> None:
    async def main() -> str:
        result = await way()
        assert asyncio.get_running_loop() is not None
        return result

    assert run_without_threads(main) == "done"


def test_a_request_of_django_needs_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    async def main() -> str:
        async with ThreadSensitiveContext():
            return await sync_to_async(sees_no_loop)()

    monkeypatch.setattr(threading.Thread, "start", start)
    assert run_without_threads(main) == "done"


def test_ten_that_block_take_turns() -> None:
    async def main() -> float:
        began = time.monotonic()
        await asyncio.gather(*(asyncio.to_thread(time.sleep, 0.05) for _ in range(10)))
        return time.monotonic() - began

    assert run_without_threads(main) >= 0.5


def test_an_error_is_the_caller_s() -> None:
    async def main() -> None:
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(lambda: 1 / 0)
        with pytest.raises(SystemExit):
            await asyncio.to_thread(exit, 3)

    run_without_threads(main)


def test_context_variables_are_seen() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable")

    async def main() -> str:
        variable.set("seen")
        return await anyio.to_thread.run_sync(variable.get)

    assert run_without_threads(main) == "seen"


def test_a_thread_that_waits_for_the_loop_fails_and_does_not_hang() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()

        def wait_for_the_loop() -> None:
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()

        with pytest.raises(RuntimeError, match="waits for the event loop"):
            await asyncio.wait_for(asyncio.to_thread(wait_for_the_loop), 5)

    run_without_threads(main)


def test_what_was_there_comes_back() -> None:
    before = anyio.to_thread.run_sync

    async def main() -> None:
        assert anyio.to_thread.run_sync is not before

    run_without_threads(main)
    assert anyio.to_thread.run_sync is before
