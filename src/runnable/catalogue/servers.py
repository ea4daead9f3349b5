"""What `examples/servers.toml` says of each server: what to install, and what starts it.

What operation.toml beside it says, if it is there, is a part of it.
"""

from __future__ import annotations

import shlex
import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Literal

from runnable.catalogue.examples import Example, ExampleError, package_names
from runnable.catalogue.toml_tables import Table, parse_toml

type Interface = Literal["WSGI", "ASGI", "aiohttp"]

HOST = "127.0.0.1"
FEATURES = ("https", "http2", "h2c", "http3", "ping")  # in servers.toml
IN_OPERATION = ("forwarded", "mounted", "unix", "keep_alive", "access_log", "reload")


@dataclass(frozen=True)
class Feature:
    """What a server needs for something that its command alone does not do.

    Attributes:
        packages: What pip installs for it.
        options: What follows the command, with {certificate}, {key}, {https_port}, {socket} in it.
    """

    packages: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True)
class ServerSpec:
    """A server, as `servers.toml` describes it.

    Attributes:
        name: Its name, the table's.
        title: What readers call it.
        page: Its page in docs/, without the suffix.
        interface: What it serves.
        framework: The package whose applications it takes; empty where it takes any.
        packages: What pip installs for it.
        debian: What apt-get installs for it first, in Debian's names.
        command: What starts it, with {module}, {app}, {host}, {port} in it.
        stop: The signal that stops it.
        browser: Whether it runs in the reader's browser.
        browser_http2: Whether the page offers to send it requests by HTTP/2.
        one_by_one: Whether it begins a request when it is done with the one before.
        root: Whether root may start it.
        summary: What it is, in a line.
        features: What takes more than the command, by its name in FEATURES or IN_OPERATION.
    """

    name: str
    title: str
    page: str
    interface: Interface
    framework: str
    packages: tuple[str, ...]
    debian: tuple[str, ...]
    command: tuple[str, ...]
    stop: signal.Signals
    browser: bool
    browser_http2: bool
    one_by_one: bool
    root: bool
    summary: str
    features: Mapping[str, Feature]

    def serves(self, example: Example) -> bool:
        """Say whether it takes an example: one of its interface, and of its framework."""
        return server_of(example).interface == self.interface and (
            not self.framework or self.framework in package_names(example.dependencies)
        )

    def argv(self, example: Example, host: str, port: int) -> list[str]:
        """Fill in the command, as typed in the example's folder."""
        values = {"module": example.module, "app": example.app, "host": host, "port": port}
        return [part.format(**values) for part in self.command]

    def command_line(self, example: Example, host: str = HOST, port: int = 8000) -> str:
        """Fill in the command and quote it for a shell."""
        return shlex.join(self.argv(example, host, port))

    @property
    def install(self) -> tuple[str, ...]:
        """The commands that install it."""
        commands = (("apt-get install", self.debian), ("pip install", self.packages))
        return tuple(shlex.join((*start.split(), *names)) for start, names in commands if names)

    def missing(self) -> str | None:
        """Say in a line what to install, or nothing where all of it is installed."""
        for package in self.packages:
            try:
                distribution(package.partition("[")[0])
            except PackageNotFoundError:
                return f"{self.name} is not installed: {' && '.join(self.install)}"
        return None


def load_servers(path: Path) -> dict[str, ServerSpec]:
    """Read a `servers.toml`.

    Raises:
        ExampleError: In one line, the file, the server, and what to change.
    """
    if not path.is_file():
        raise ExampleError(f"{path}: missing; describe the servers there")
    beside = path.with_name("operation.toml")
    more = beside.read_text("utf-8") if beside.is_file() else ""
    return dict(_read(path.read_text("utf-8"), str(path), more, str(beside)))


@lru_cache(maxsize=16)  # the same text is asked for at each example
def _read(text: str, file: str, more: str, beside: str) -> dict[str, ServerSpec]:
    top, options = Table(parse_toml(text, file), file), Table(parse_toml(more, beside), beside)
    if unknown := options.values.keys() - top.values.keys():
        raise options.error(f"{min(unknown)} is no server; known: {', '.join(top.values)}")
    servers = {name: _server(name, top.table(name)) for name in top.values}
    for name in options.values:
        table = options.table(name)
        more_of_it = _features(table, IN_OPERATION)
        table.end(*IN_OPERATION)
        features = {**servers[name].features, **more_of_it}
        servers[name] = replace(servers[name], features=features)
    return servers


def _server(name: str, table: Table) -> ServerSpec:
    match table.get("interface", str):
        case "WSGI" | "ASGI" | "aiohttp" as interface:
            pass
        case other:
            raise table.error(f"interface must be WSGI, ASGI or aiohttp, not {other!r}")
    stop = table.get("stop", str, "SIGTERM")
    if stop not in signal.Signals.__members__:
        raise table.error(f"stop must be a signal's name, such as SIGTERM, not {stop!r}")
    command = table.texts("command")
    if not command:
        raise table.error("command is missing; add it")
    spec = ServerSpec(
        name=name,
        title=table.get("title", str),
        page=table.get("page", str, f"servers/{name.partition('-')[0]}"),
        interface=interface,
        framework=table.get("framework", str, ""),
        packages=table.requirements("packages"),
        debian=table.texts("debian"),
        command=command,
        stop=signal.Signals[stop],
        browser=table.get("browser", bool),
        browser_http2=table.get("browser_http2", bool, False),
        one_by_one=table.get("one_by_one", bool, False),
        root=table.get("root", bool, True),
        summary=table.get("summary", str),
        features=_features(table, FEATURES),
    )
    table.end(*FEATURES)
    return spec


def _features(table: Table, names: tuple[str, ...]) -> dict[str, Feature]:
    return {name: _feature(table.table(name)) for name in names if name in table.values}


def _feature(table: Table) -> Feature:
    feature = Feature(table.requirements("packages"), table.texts("options"))
    table.end()
    return feature


def server_of(example: Example, name: str | None = None) -> ServerSpec:
    """Give the example's own server, or the one named, from its `servers.toml`.

    Raises:
        ExampleError: If there is no such server.
    """
    servers = load_servers(example.path.parent.parent / "servers.toml")
    name = name or example.server
    if name not in servers:
        raise ExampleError(
            f"{example.place(f'"{name}"')}: unknown server {name!r}; known: {', '.join(servers)}"
        )
    return servers[name]
