"""Values as they were when they crossed: taken at once, put into JSON later, and never large.

The strategy: what is recorded must not change afterwards, must not keep an application's object
alive, and must run none of its code (no `repr`, no `str`). `marshal` copies plain values, in C, and
refuses all others, which are then known by their type alone. JSON is made only for a page that
asks.
"""

from collections.abc import Callable
from marshal import dumps, loads
from typing import Any

LONGEST = 4096  # bytes or characters of a string
LARGEST = 32 * 1024  # bytes of what is inside a value, as marshal packs it
MOST_ITEMS = 200  # of a list or dict that is taken apart
DEEPEST = 4
SCALARS = frozenset({type(None), bool, int, float})
VERSION = 2  # of marshal's format: the newest that does not look for what it has met before
SAFE = 2**53  # a larger number is not exact in JavaScript

# What is of a class derived from one of these (an `http.HTTPStatus`, a `markupsafe.Markup`), as one
# of that class itself. None of these calls what the derived class may have overridden.
EXACT: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, lambda value: int.__add__(value, 0)),
    (float, lambda value: float.__add__(value, 0.0)),
    (str, lambda value: str.__str__(value)),
    (bytes, lambda value: bytes.__add__(value, b"")),
)

# In frozen values, a tuple that begins so stands for what marshal refuses or what is too large.
MARK = "\0runnable"


def freeze(value: Any) -> bytes:
    """Take a value as it is now."""
    kind = type(value)
    if kind is bytes and len(value) > LONGEST:
        return dumps(kept(value, 0), VERSION)
    try:
        frozen = dumps(value, VERSION)
    except ValueError:
        pass
    else:
        if len(frozen) <= LONGEST:
            return frozen
    return freeze_items(value) if kind is dict else dumps(kept(value, 0), VERSION)


def freeze_items(value: dict[str, Any]) -> bytes:
    """Take a dictionary of which some values are objects, as an `environ` is, with all its keys."""
    if type(value) is not dict or len(value) > MOST_ITEMS:
        return dumps(kept(value, 0), VERSION)
    return dumps(
        {
            key if type(key) is str else kept(key, 1): item
            if type(item) is str and len(item) <= LONGEST
            else kept(item, 1)
            for key, item in value.items()
        },
        VERSION,
    )


def kept(value: Any, depth: int) -> Any:
    """What of a value is kept: itself, its beginning, or the name of its type."""
    kind = type(value)
    if kind is str or kind is bytes:
        if len(value) <= LONGEST:
            return value
        return MARK, kind.__name__, value[:LONGEST], len(value)
    if kind in SCALARS:
        return value
    for plain_kind, exact in EXACT:
        if isinstance(value, plain_kind):
            return kept(exact(value), depth)
    if kind not in (tuple, list, dict):
        return MARK, "object", type_name(kind)
    try:
        if len(dumps(value, VERSION)) <= LARGEST:
            return value
    except ValueError:
        pass
    return taken_apart(value, depth)


def taken_apart(value: Any, depth: int) -> Any:
    """A list, tuple or dict of which something cannot be kept as it is."""
    kind = type(value)
    if depth >= DEEPEST:
        return MARK, kind.__name__, [], len(value)
    below = depth + 1
    if kind is dict:
        pairs = list(value.items())[:MOST_ITEMS]
        return MARK, "dict", [[kept(k, below), kept(v, below)] for k, v in pairs], len(value)
    return MARK, kind.__name__, [kept(item, below) for item in value[:MOST_ITEMS]], len(value)


def type_name(kind: type) -> str:
    """The name of a type, as Python shows it."""
    module = type.__getattribute__(kind, "__module__")
    name = type.__getattribute__(kind, "__qualname__")
    return str(name if module == "builtins" else f"{module}.{name}")[:200]


def error_value(error: BaseException) -> bytes:
    """An exception: its type, and its arguments."""
    return freeze([type_name(type(error)), list(BaseException.__getattribute__(error, "args"))])


def thaw(frozen: bytes) -> Any:
    """A frozen value, in the form that JSON takes (see entries.py)."""
    return plain(loads(frozen))


def plain(value: Any) -> Any:
    """A value that marshal gave, for JSON."""
    match value:
        case None | bool() | str():
            return value
        case bytes():
            return {"type": "bytes", "text": value.decode("latin-1")}
        case int():
            return value if -SAFE < value < SAFE else {"type": "object", "text": "int"}
        case float():
            finite = value - value == 0
            return value if finite else {"type": "object", "text": "float"}
        case (mark, "object", text) if mark == MARK:
            return {"type": "object", "text": text}
        case (mark, ("str" | "bytes") as kind, start, size) if mark == MARK:
            text = start if kind == "str" else start.decode("latin-1")
            return {"type": kind, "text": text, "size": size}
        case (mark, kind, items, size) if mark == MARK:
            special = {"type": kind, "items": [plain(item) for item in items]}
            return special if len(items) == size else {**special, "size": size}
        case tuple():
            return {"type": "tuple", "items": [plain(item) for item in value]}
        case list():
            return [plain(item) for item in value]
        case dict():
            return {"type": "dict", "items": [[plain(k), plain(v)] for k, v in value.items()]}
    return {"type": "object", "text": type_name(type(value))}
