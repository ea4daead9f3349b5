"""What puts a load on a server: wrk, and, for what wrk cannot do, clients on asyncio."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.servers.machine import Cores, listed

REPORT = Path(__file__).with_name("report.lua")
TIMEOUT = "20s"  # longer than any load lasts: what waits longer is seen in the count of answers
HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
GET = "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Load:
    """A wrk that is running."""

    def __init__(self, url: str, clients: int, seconds: int, cores: Cores) -> None:
        """Start it; with a thread for each processor of the load, but never more than clients."""
        threads = min(clients, len(cores.load))
        self._process = subprocess.Popen(
            [
                *("taskset", "--cpu-list", listed(cores.load)),
                *("wrk", f"-t{threads}", f"-c{clients}", f"-d{seconds}s"),
                *("--timeout", TIMEOUT, "--script", str(REPORT), url),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def result(self) -> dict[str, float]:
        """Wait for its end; give what it counted."""
        said, _ = self._process.communicate()
        last = said.strip().rpartition("\n")[2]
        if self._process.returncode or not last.startswith("{"):
            raise RuntimeError(f"wrk failed: {said}")
        found: dict[str, Any] = json.loads(last)
        counted = {
            "requests_per_second": round(found["requests"] / found["seconds"], 1),
            "errors": found["errors"],
        }
        if found["requests"]:  # a server that answered nobody was not quick
            counted |= {f"{part}_ms": round(found[part] * 1000, 2) for part in ("p50", "p99")}
        return counted


async def open_streams(host: str, port: int, path: str, count: int, seconds: float) -> int:
    """Ask for streams, and give how many of them have begun after so many seconds."""
    begun = 0

    async def read_one() -> None:
        nonlocal begun
        reader, writer = await asyncio.open_connection(host, port)
        try:
            writer.write(GET.format(path=path).encode())
            await reader.readuntil(b"tick")
            begun += 1
            await reader.read()
        finally:
            writer.close()

    tasks = [asyncio.create_task(read_one()) for _ in range(count)]
    await asyncio.sleep(seconds)
    after = begun
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return after


async def hold_websockets(
    host: str, port: int, path: str, count: int, meanwhile: Callable[[], float]
) -> float:
    """Open WebSockets one after the other, and give what a function says while all are open."""
    writers = []
    try:
        for _ in range(count):
            reader, writer = await asyncio.open_connection(host, port)
            writers.append(writer)
            writer.write(HANDSHAKE.format(path=path).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 101 " not in head.partition(b"\r\n")[0]:
                raise RuntimeError(f"a WebSocket was refused: {head!r}")
        return meanwhile()
    finally:
        for writer in writers:
            writer.close()
