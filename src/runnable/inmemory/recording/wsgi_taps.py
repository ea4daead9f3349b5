"""Stands around a WSGI application, and notes its calls: PEP 3333, seen from the server.

What passes is what passed: the same `environ`, arguments, and exceptions. The iterable is the
application's own where the server looks at its type (`wsgi.file_wrapper`). What stands for any
other has a length and a `close()` exactly where the application's has one: servers look at both.
"""

from collections.abc import Callable, Iterator
from typing import Any

from runnable.inmemory.recording.recorder import WHERE, Recorder, Where
from runnable.inmemory.recording.values import error_value, freeze, freeze_items, type_name

NOTHING = freeze(None)


def recorded_wsgi(app: Callable[..., Any], recorder: Recorder) -> Callable[..., Any]:
    """The application, recorded."""

    def application(environ: Any, start_response: Any) -> Any:
        where = recorder.new_request()
        note = recorder.note
        token = WHERE.set(where)
        note("wsgi.call", where, freeze_items(environ))
        began = recorder.clock()
        try:
            result = app(environ, recorded_start(start_response, recorder, where))
        except BaseException as error:
            note("wsgi.error", where, error_value(error), since=began)
            raise
        finally:
            WHERE.reset(token)
        note("wsgi.return", where, freeze(type_name(type(result))), since=began)
        file_wrapper = environ.get("wsgi.file_wrapper")
        if isinstance(file_wrapper, type) and isinstance(result, file_wrapper):
            return result  # the server sends it by itself
        if not hasattr(type(result), "__iter__"):
            return result  # the server says so
        return iterable_class(result)(result, recorder, where)

    return application


def recorded_start(start: Any, recorder: Recorder, where: Where) -> Callable[..., Any]:
    """`start_response`, recorded, and the `write()` that it returns."""

    def start_response(*args: Any, **named: Any) -> Any:
        recorder.note("wsgi.start_response", where, freeze(started(*args, **named)))
        write = start(*args, **named)

        def recorded_write(*args: Any, **named: Any) -> Any:
            recorder.note("wsgi.write", where, freeze([*args, *named.values()][0:1]))
            return write(*args, **named)

        return recorded_write if callable(write) else write

    return start_response


def started(*args: Any, **named: Any) -> list[Any]:
    """Status, headers, and the type of the exception, of a call that may be wrong."""
    given = [*args, *named.values()]
    exc_info = given[2] if len(given) > 2 else None
    kind = exc_info[0] if isinstance(exc_info, tuple) and exc_info else None
    return [*given[:2], type_name(kind) if isinstance(kind, type) else None]


class RecordedIterable:
    """Stands for the application's iterable, without its length and `close()`."""

    def __init__(self, result: Any, recorder: Recorder, where: Where) -> None:
        self._result, self._recorder, self._where = result, recorder, where

    def __iter__(self) -> "RecordedIterator":
        return RecordedIterator(iter(self._result), self._recorder, self._where)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._result, name)


class RecordedIterator:
    """An iterator whose items are noted, each with how long it took."""

    def __init__(self, items: Iterator[Any], recorder: Recorder, where: Where) -> None:
        self._items, self._recorder, self._where = items, recorder, where

    def __iter__(self) -> "RecordedIterator":
        return self

    def __next__(self) -> Any:
        note, where, began = self._recorder.note, self._where, self._recorder.clock()
        token = WHERE.set(where)
        try:
            item = next(self._items)
        except StopIteration:
            note("wsgi.end", where, NOTHING, since=began)
            raise
        except BaseException as error:
            note("wsgi.error", where, error_value(error), since=began)
            raise
        finally:
            WHERE.reset(token)
        note("wsgi.item", where, freeze(item), since=began)
        return item


def length(self: RecordedIterable) -> int:
    """The iterable's own."""
    return len(self._result)


def close(self: RecordedIterable) -> Any:
    """Close the iterable."""
    recorder = self._recorder
    began = recorder.clock()
    token = WHERE.set(self._where)
    try:
        return self._result.close()
    finally:
        WHERE.reset(token)
        recorder.note("wsgi.close", self._where, NOTHING, since=began)


CLASSES = {
    (has_length, closes): type(
        "RecordedIterable",
        (RecordedIterable,),
        ({"__len__": length} if has_length else {}) | ({"close": close} if closes else {}),
    )
    for has_length in (False, True)
    for closes in (False, True)
}


def iterable_class(result: Any) -> Any:
    """The class of what stands for an iterable: one that has what this one has."""
    return CLASSES[hasattr(type(result), "__len__"), hasattr(result, "close")]
