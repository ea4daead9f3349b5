"""What one has to know who runs a server: behind a proxy, its sockets, its log, its reloading."""

import inspect
import pkgutil
import re

from helpers.capabilities.expectations import Capability, Record, Value
from helpers.capabilities.keeper import Keeper
from helpers.capabilities.measuring import FORWARDED, STRANGER, Connection, ask, options, summary

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

NO_OPTION = "no option for it"
# Where the servers' own code says after how many seconds an idle connection is closed: in a value,
# or in what a parameter, or an option of a command, is where none is given. None: never.
IDLE_SECONDS = {
    "gunicorn-gthread": "gunicorn.config:Keepalive.default",
    "gunicorn-gevent": "gunicorn.config:Keepalive.default",
    "gunicorn-asgi": "gunicorn.config:Keepalive.default",
    "gunicorn-uvicorn": "gunicorn.config:Keepalive.default",
    "mod_wsgi": "mod_wsgi.express.options:option_list(--keep-alive-timeout)",
    "waitress": "waitress.adjustments:Adjustments.channel_timeout",
    "granian-wsgi": "granian.http:HTTP1Settings.header_read_timeout",
    "granian": "granian.http:HTTP1Settings.header_read_timeout",
    "hypercorn-wsgi": "hypercorn.config:Config.keep_alive_timeout",
    "hypercorn": "hypercorn.config:Config.keep_alive_timeout",
    "runserver": "django.core.servers.basehttp:WSGIRequestHandler.timeout",
    "uvicorn": "uvicorn:Config(timeout_keep_alive)",
    "uvicorn-standard": "uvicorn:Config(timeout_keep_alive)",
    "fastapi-run": "uvicorn:Config(timeout_keep_alive)",
    "fastapi-dev": "uvicorn:Config(timeout_keep_alive)",
    "daphne": "twisted.web.http:HTTPFactory(timeout)",
    "aiohttp": "aiohttp.web:run_app(keepalive_timeout)",
}

# What differs in a log from one request to the next, and what is shown in its place.
NOT_THE_SAME = (
    (r"\x1b\[[\d;]*m", ""),
    (r"\[?\d{1,4}[-/]\w{2,3}[-/]\d{2,4}[ T:][\d:]{8}([.,]\d+)?( ?[+-]\d{4})?\]?", "[time]"),
    (r"\[\w{3} \w{3} +\d+ [\d:]{8} \d{4}\]", "[time]"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:port"),
    (r"\[\d+\]", "[pid]"),
)


def test_forwarded(
    running: RunningServer, server: ServerSpec, keeper: Keeper, record: Record
) -> None:
    """Ask from an address that is trusted by default, or told to be, and from another."""
    asked = {"": (running, "/client")}
    if told := options(server, "forwarded"):
        asked[f" with {told}"] = keeper.operate(server).running, "/app/client"
    seen = []
    for how, (there, path) in asked.items():
        near = ask(there, path, *FORWARDED).body.decode()
        far = ask(there, path, *FORWARDED, source=STRANGER).body.decode()
        seen.append(f"told {near!r} through 127.0.0.1, {far!r} through {STRANGER}{how}")
    whole = near == "https 192.0.2.7" and far == f"http {STRANGER}"
    nothing = near == "http 127.0.0.1"
    value: Value = "no" if nothing else "yes" if whole and not told else "partly"
    record(value, "; ".join(seen))


def test_mounted(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    """Ask with the prefix, as a proxy does that leaves it there, and without."""
    if "mounted" not in server.features:
        record("no", NO_OPTION)
        return
    running = keeper.operate(server).running
    asked = {path: ask(running, path) for path in ("/app/mounted", "/mounted")}
    told = {
        path: answer.body.decode().split(" ", 1) if answer.status == 200 else [summary(answer)]
        for path, answer in asked.items()
    }
    works = any(found[0] == "/app" for found in told.values())
    names = "SCRIPT_NAME, PATH_INFO" if server.interface == "WSGI" else "root_path, path"
    seen = "; ".join(f"{path}: {', '.join(found)}" for path, found in told.items())
    record("yes" if works else "no", f"{names} with {options(server, 'mounted')}: {seen}")


def test_unix_socket(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    if "unix" not in server.features:
        record("no", NO_OPTION)
        return
    operated = keeper.operate(server)
    assert operated.unix
    assert ask(operated.unix, "/app/").body == b"hello"
    beside = "" if operated.running is operated.unix else ", beside the port"
    record("yes", f"it answered there{beside}, with {options(server, 'unix')}")


def test_idle_connection_is_closed(
    running: RunningServer,
    server: ServerSpec,
    keeper: Keeper,
    cell: tuple[Capability, str],
    record: Record,
) -> None:
    """Ask once, and wait: with an option, if there is one, else until nothing is left to do."""
    told = options(server, "keep_alive")
    if told:
        with Connection(keeper.operate(server).running) as connection:
            connection.request("/app/")
            assert connection.answer().body == b"hello"
            assert not connection.rest()
        seen = f"closed with {told}"
    else:
        with Connection(running) as connection:
            connection.request("/")
            assert connection.answer().body == b"hello"
            if not running.wait_until_idle(unless=connection.has_news):
                record("yes", "closed after the answer")
                return
        seen = "open when nothing was left to do"
    seconds, evidence = by_default(server)
    note = cell[0].expected[server.name].note
    assert seconds is None or f"After {seconds:g} s" in note, f"{seconds:g} s, says {evidence}"
    record("no" if seconds is None else "yes", f"{seen}; {evidence}")


def by_default(server: ServerSpec) -> tuple[float | None, str]:
    """The seconds after which the server closes it by itself, and what says so."""
    place, _, parameter = IDLE_SECONDS[server.name].partition("(")
    found = pkgutil.resolve_name(place)
    name = parameter.removesuffix(")")
    if isinstance(found, list):
        [found] = [option.default for option in found if name in option._long_opts]
    elif name:
        found = inspect.signature(found).parameters[name].default
    evidence = f"`{IDLE_SECONDS[server.name]}` is {found!r}"
    return found / 1000 if "granian" in place else found, evidence


def test_access_log(
    running: RunningServer, server: ServerSpec, keeper: Keeper, record: Record
) -> None:
    if line := logged(running, "/client"):
        record("yes", line)
    elif told := options(server, "access_log"):
        line = logged(keeper.operate(server).running, "/app/client")
        record("partly" if line else "no", f"with {told}: {line or 'nothing logged'}")
    else:
        record("no", "nothing logged")


def logged(running: RunningServer, path: str) -> str:
    """Give the line in which a request is logged, if there is one when nothing is left to do."""

    def lines() -> list[str]:
        return [line for line in running.log().splitlines() if path in line]

    running.wait_until_idle()  # what was asked for before is logged
    before = len(lines())
    assert ask(running, path).status == 200
    running.wait_until_idle(unless=lambda: len(lines()) > before)
    return masked(line) if (line := "".join(lines()[before:][:1])) else ""


def masked(line: str) -> str:
    """The line, without what differs from one request to the next."""
    for pattern, shown in NOT_THE_SAME:
        line = re.sub(pattern, shown, line)
    return f"`{line.strip()}`"


def test_reload(
    server: ServerSpec, keeper: Keeper, cell: tuple[Capability, str], record: Record
) -> None:
    if "reload" not in server.features:
        record("no", NO_OPTION)
        return
    in_vain = cell[0].expected[server.name].value == "no"
    loaded = keeper.operate(server).loads_what_changes("modified" if in_vain else "")
    told = options(server, "reload")
    seen = "a changed module was loaded" if loaded else "a changed module was not loaded"
    record("yes" if loaded else "no", f"{seen}, with {told or 'no option'}")
