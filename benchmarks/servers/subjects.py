"""Which servers are measured, and how each is started: as servers.toml says, with more options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from runnable.catalogue.benchmarks import Subject
from runnable.catalogue.examples import Example, load_example
from runnable.catalogue.servers import HOST, ServerSpec, load_servers

EXAMPLES = Path(__file__).parents[2] / "examples"
SPECS = load_servers(EXAMPLES / "servers.toml")
MODULES = {"WSGI": "bare_wsgi_app", "ASGI": "bare_asgi_app", "aiohttp": "aiohttp_app"}
FOUR = {  # how a server is told to have four workers
    "gunicorn": ("--workers", "4"),
    "uvicorn": ("--workers", "4"),
    "hypercorn": ("--workers", "4"),
    "granian": ("--workers", "4"),
    "uwsgi": ("--processes", "4"),
    "mod_wsgi": ("--processes", "4"),
}
GTHREAD = ("--worker-class", "gthread", "--threads")


@dataclass(frozen=True)
class Measured:
    """What is started for a measurement.

    Attributes:
        about: What is published of it.
        spec: How it is started.
        example: What it serves.
    """

    about: Subject
    spec: ServerSpec
    example: Example


def with_options(spec: ServerSpec, options: tuple[str, ...]) -> ServerSpec:
    """Put options into a command, before the application's name and the option that it is of."""
    end = -2 if spec.command[-2] == "--module" else -1
    return replace(spec, command=(*spec.command[:end], *options, *spec.command[end:]))


def measured(
    title: str,
    server: str,
    *options: str,
    workers: int = 1,
    threads: int | None = None,
    src: str = "",
) -> Measured:
    """Describe a server with more options, and the application that it serves."""
    spec = with_options(SPECS[server], options)
    example = load_example(EXAMPLES / (src or f"load/{MODULES[spec.interface]}.py"))
    about = Subject(
        title=title,
        server=server,
        interface=spec.interface,
        command=spec.command_line(example, HOST),
        workers=workers,
        threads=threads,
    )
    return Measured(about, spec, example)


def gthread(threads: int) -> Measured:
    """Gunicorn with so many threads."""
    return measured(
        f"Gunicorn, {threads} threads", "gunicorn", *GTHREAD, str(threads), threads=threads
    )


def waitress(threads: int) -> Measured:
    """Waitress with so many threads; as it comes, it takes no more than 100 connections."""
    options = ("--threads", str(threads), "--connection-limit", "1000")
    return measured(f"Waitress, {threads} threads", "waitress", *options, threads=threads)


def with_four_workers(name: str, one: Measured) -> Measured | None:
    """The same with four workers, where the server has such an option."""
    kind = name.partition("-")[0]
    if kind not in FOUR:
        return None
    about = one.about
    title = f"{about.title}, 4 workers"
    spec = with_options(one.spec, FOUR[kind])
    line = spec.command_line(one.example, HOST)
    return Measured(replace(about, title=title, command=line, workers=4), spec, one.example)


# Each is asked everything, in one process; a hundred threads where a number is to be chosen.
ALL: Mapping[str, Measured] = {
    "gunicorn-sync": measured("Gunicorn, sync", "gunicorn", threads=1),
    "gunicorn-gthread-100": gthread(100),
    "gunicorn-gevent": measured("Gunicorn, gevent", "gunicorn-gevent"),
    "uwsgi-100": measured("uWSGI, 100 threads", "uwsgi", "--threads", "100", threads=100),
    # Apache begins with a part of the workers that take connections, and adds to them second by
    # second: here it begins with all.
    "mod_wsgi-100": measured(
        *("mod_wsgi, 100 threads", "mod_wsgi", "--threads", "100", "--initial-workers", "1.0"),
        threads=100,
    ),
    "waitress-100": waitress(100),
    "granian-wsgi-100": measured(
        "Granian, WSGI, 100 threads", "granian-wsgi", "--blocking-threads", "100", threads=100
    ),
    "gunicorn-asgi": measured("Gunicorn, asgi", "gunicorn-asgi"),
    "uvicorn": measured("Uvicorn, pure Python", "uvicorn"),
    "uvicorn-standard": measured("Uvicorn, uvloop and httptools", "uvicorn-standard"),
    "hypercorn": measured("Hypercorn", "hypercorn"),
    "daphne": measured("Daphne", "daphne"),
    "granian": measured("Granian, ASGI", "granian"),
    "aiohttp": measured("aiohttp’s server", "aiohttp"),
}
FOURFOLD = {
    f"{name}-4-workers": four
    for name, one in ALL.items()
    if (four := with_four_workers(name, one)) is not None
}


def _one(name: str) -> str:
    """The name of the same server with one worker."""
    return name.removesuffix("-4-workers")


# For the ceiling that the number of threads is.
THREADS = {f"gunicorn-gthread-{count}": gthread(count) for count in (4, 10, 40, 200)}
THREADS |= {f"waitress-{count}": waitress(count) for count in (4, 40)}
# By how the application waits: the name, the example, and the path.
WAYS = {
    "await": ("`await`", "sync_async/fastapi_app.py", "/await"),
    "def": ("`def`, in FastAPI’s 40 threads", "sync_async/fastapi_app.py", "/def"),
    "to-thread": ("`asyncio.to_thread`", "sync_async/fastapi_app.py", "/to-thread"),
    "blocking": ("`time.sleep` on the loop", "blocking/starlette_blocking_app.py", "/"),
}
WAITING = {
    f"way-{name}": measured(title, "uvicorn", src=src) for name, (title, src, _) in WAYS.items()
}
SUBJECTS: Mapping[str, Measured] = dict(
    sorted({**ALL, **FOURFOLD}.items(), key=lambda item: [*ALL].index(_one(item[0])))
) | {**THREADS, **WAITING}
