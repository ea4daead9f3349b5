"""The hostile programs of tests/contained/programs/: sources made of what each does, and where.

A table is a program. `import`, `startup`, `shutdown`, `request` and `websocket` say what it does at
these places of an ASGI application, `after` what stands behind it. `state` is the example's state
that it leads to (`ready` where nothing is said), `answer` whether a request has one: `none`, `any`,
or else `hello`.
"""

import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PLACES = ("import", "startup", "shutdown", "request", "websocket", "after")
SOURCE = """{import_}
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
{startup}
        await send({{"type": "lifespan.startup.complete"}})
        await receive()
{shutdown}
        await send({{"type": "lifespan.shutdown.complete"}})
        return
    if scope["type"] == "websocket":
        await send({{"type": "websocket.accept"}})
{websocket}
        return
{request}
    await send({{"type": "http.response.start", "status": 200, "headers": []}})
    await send({{"type": "http.response.body", "body": b"hello"}})
{after}
"""


@dataclass(frozen=True)
class Hostile:
    """A program, and what becomes of it."""

    name: str
    places: dict[str, str]
    state: str = "ready"
    answer: str = "hello"
    dies: bool = False  # the request ends its interpreter
    sample: bool = field(default=False, compare=False)

    @property
    def source(self) -> str:
        """The whole program."""
        indents = {"startup": 8, "shutdown": 8, "websocket": 8, "request": 4}
        parts = {
            place: textwrap.indent(self.places.get(place, "").strip(), " " * indents.get(place, 0))
            for place in PLACES
        }
        return SOURCE.format(import_=parts.pop("import"), **parts)


def load_hostile(folder: Path) -> Iterator[Hostile]:
    """Read all programs; the first of each file is its sample."""
    for path in sorted(folder.glob("*.toml")):
        for n, (name, table) in enumerate(tomllib.loads(path.read_text("utf-8")).items()):
            places = {place: table.pop(place) for place in PLACES if place in table}
            yield Hostile(f"{path.stem}, {name}", places, sample=n == 0, **table)
