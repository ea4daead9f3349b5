"""What a recording is made of, as JSON: the entries, and the values that crossed.

A value is JSON where JSON can say it: null, true, false, a number, a string, a list. All else is a
`Special`.
"""

from typing import Any, Literal, NotRequired, TypedDict

type Kind = Literal[
    "server.start",
    "connection.made",
    "connection.lost",
    "wire.received",
    "wire.sent",
    "wsgi.call",
    "wsgi.start_response",
    "wsgi.write",
    "wsgi.return",
    "wsgi.item",
    "wsgi.end",
    "wsgi.close",
    "wsgi.error",
    "asgi.call",
    "asgi.receive",
    "asgi.send",
    "asgi.sent",
    "asgi.return",
    "asgi.error",
    "aiohttp.call",
    "aiohttp.return",
    "aiohttp.error",
    "loop.step",
]


class Special(TypedDict):
    """A value that JSON has no form for, or that is too large to be kept.

    Attributes:
        type: An `object` is any other, known by its type alone.
        text: Of `bytes` and `str`: the text, or the beginning of it. A byte is the character with
            its number, U+0000 to U+00FF. Of an `object`: the name of its type.
        items: Of `tuple` and `list`: the items. Of `dict`: pairs of key and value.
        size: How many bytes, characters or items it had, where not all are here.
    """

    type: Literal["bytes", "str", "tuple", "list", "dict", "object"]
    text: NotRequired[str]
    items: NotRequired[list[Any]]
    size: NotRequired[int]


class Entry(TypedDict):
    """Something that happened.

    Attributes:
        n: Its number. The numbers have no gap, but for entries that were dropped.
        kind: What happened.
        at: When, in milliseconds since the recording began.
        took: How long that took, in milliseconds: what the application waited for an event, the
            server for an item, or what a step of the event loop kept the thread. Null: at once, or
            not known yet.
        connection: The number of the connection.
        request: The number of the application's call: a request, a WebSocket, a lifespan.
        task: The name of asyncio's task.
        value: What crossed, see the table of kinds in docs/reference/recording.md.
    """

    n: int
    kind: Kind
    at: float
    took: float | None
    connection: int | None
    request: int | None
    task: str | None
    value: Any


class Recording(TypedDict):
    """What the page saves as a file.

    Attributes:
        version: 1. It changes when the meaning of a key does.
        began: Milliseconds since 1970 to which `at` is added.
        example: The file below examples/.
        server: The server's name, as in examples/servers.toml.
        dropped: How many entries are missing, because they were too many.
        entries: In the order in which they happened.
    """

    version: Literal[1]
    began: int
    example: str
    server: str
    dropped: int
    entries: list[Entry]
