"""Stands around an aiohttp application's handling of a request, middleware included."""

from typing import Any

from aiohttp import web

from runnable.inmemory.recording.recorder import WHERE, Recorder
from runnable.inmemory.recording.values import error_value, freeze, type_name


def record_aiohttp(app: web.Application, recorder: Recorder) -> None:
    """Record what the server gets of the application."""
    handle = app._handle

    async def recorded(request: web.Request) -> web.StreamResponse:
        where = recorder.new_request()
        token = WHERE.set(where)
        recorder.note("aiohttp.call", where, freeze(request_value(request)))
        began = recorder.clock()
        try:
            response = await handle(request)
        except web.HTTPException as answer:  # raised, and an answer
            recorder.note("aiohttp.return", where, freeze(response_value(answer)), since=began)
            raise
        except BaseException as error:
            recorder.note("aiohttp.error", where, error_value(error), since=began)
            raise
        finally:
            if WHERE.get() is where:
                WHERE.reset(token)
        recorder.note("aiohttp.return", where, freeze(response_value(response)), since=began)
        return response

    # Not by assignment: aiohttp warns of attributes that are not its own.
    object.__setattr__(app, "_handle", recorded)


def request_value(request: web.BaseRequest) -> dict[str, Any]:
    """What a handler reads first of a request."""
    return {
        "type": type_name(type(request)),
        "method": request.method,
        "path_qs": request.path_qs,
        "version": f"HTTP/{request.version.major}.{request.version.minor}",
        "headers": list(request.headers.items()),
        "remote": request.remote,
        "can_read_body": request.can_read_body,
    }


def response_value(response: Any) -> dict[str, Any]:
    """What a server reads of a response; all that is of another type is known by that alone."""
    if not isinstance(response, web.StreamResponse):
        return {"type": type_name(type(response))}
    value = {
        "type": type_name(type(response)),
        "status": response.status,
        "reason": response.reason,
        "headers": list(response.headers.items()),
        "prepared": response.prepared,
    }
    if isinstance(response, web.Response):
        value["body"] = response.body
    return value
