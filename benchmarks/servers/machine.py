"""The machine: which processors the server gets and which the load, and how quiet it is."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.servers.subjects import SUBJECTS
from runnable.catalogue.benchmarks import Noise

# What a machine may be off, to be measured on. Time lost is another program's, and hits one server
# and not the next. A spread hits all alike: a virtual machine's processors are often half of one,
# and quicker or slower by their neighbour. Nothing below a factor of two is said, so half is let
# pass, and the page says how large it was.
MOST_LOST = 0.03
MOST_SPREAD = 0.6
PIECE = 100_000  # of work: some milliseconds
FILES = 4096  # as many as two ends of 1,000 connections need, and more


@dataclass(frozen=True)
class Cores:
    """Which processors the server has, and which the load: never the same.

    Attributes:
        server: Those of the server.
        load: Those of the load, and of this program.
    """

    server: tuple[int, ...]
    load: tuple[int, ...]


def choose_cores() -> Cores:
    """Give one processor to the server, so that all are alike, and the others to the load."""
    ours = sorted(os.sched_getaffinity(0))
    if len(ours) < 2:
        raise SystemExit("error: two processors are needed, one of them for the load alone")
    return Cores((ours[0],), tuple(ours[1:]))


def listed(cores: tuple[int, ...]) -> str:
    """Write processors as taskset wants them."""
    return ",".join(map(str, cores))


@contextmanager
def on(cores: tuple[int, ...]) -> Iterator[None]:
    """Run this program on these processors alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def measure_noise(when: str, cores: Cores, seconds: float) -> Noise:
    """Do the same work again and again on each processor; give the noisier one's numbers."""
    found = []
    for core in (*cores.server, cores.load[0]):
        with on((core,)):
            found.append(_noise(when, seconds))
    return max(found, key=lambda noise: (noise.lost / MOST_LOST) + (noise.spread / MOST_SPREAD))


def _noise(when: str, seconds: float) -> Noise:
    times, began, had = [], time.perf_counter(), time.thread_time()
    while time.perf_counter() - began < seconds:
        start = time.perf_counter()
        sum(range(PIECE))
        times.append(time.perf_counter() - start)
    passed, got = time.perf_counter() - began, time.thread_time() - had
    tenths = statistics.quantiles(times, n=10)
    spread = (tenths[-1] - tenths[0]) / statistics.median(times)
    return Noise(when, round(max(0.0, 1 - got / passed), 4), round(spread, 4))


def too_noisy(noise: Noise) -> bool:
    """Say whether nothing should be published that was measured so."""
    return noise.lost > MOST_LOST or noise.spread > MOST_SPREAD


def allow_many_files() -> None:
    """Raise this program's limit of open files, which the servers inherit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def describe(cores: Cores) -> dict[str, str]:
    """Say what is measured on."""
    model = "unknown"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model,
        "processors": f"{len(cores.server)} for the server, {len(cores.load)} for the load",
        "memory": f"{memory:.0f} GiB",
        "system": f"Linux {platform.release()}",
        "Python": platform.python_version(),
        "load generator": _wrk_version(),
    }


def _wrk_version() -> str:
    said = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout
    return " ".join(said.split()[:2])


def versions() -> dict[str, str]:
    """Give the version of each package that is measured."""
    named = {
        package.partition("[")[0] for one in SUBJECTS.values() for package in one.spec.packages
    }
    return {name: version(name) for name in sorted(named | {"fastapi", "starlette"})}


def memory_of(session: int) -> float:
    """Give the memory of all processes of a session, in MiB; what they share is counted once.

    This is the sum of their proportional shares (Pss, in proc_pid_smaps(5)).
    """
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                rollup = (folder / "smaps_rollup").read_text()
                total += int(rollup.partition("\nPss:")[2].split()[0])
        except ProcessLookupError:
            continue  # it has ended meanwhile
        except PermissionError as error:
            sys.exit(f"error: {error}: start this as root, who may read a server's memory")
    return total / 1024
