# /// script
# dependencies = ["pyramid"]
# tool.runnable.server = "wsgiref"
# ///
"""Pyramid's way: a tween between the router and the views."""

import time
import uuid

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config

PLAIN_TEXT = {"content_type": "text/plain", "charset": "utf-8"}


def tween(handler, registry):
    def wrapped(request):
        began = time.perf_counter()
        request_id = request.headers.get(
            "X-Request-ID", uuid.uuid4().hex
        )
        response = handler(request)
        ms = (time.perf_counter() - began) * 1000
        response.headers["X-Request-ID"] = request_id
        response.headers["Server-Timing"] = f"app;dur={ms:.1f}"
        return response

    return wrapped


def numbers():
    for number in range(1, 4):
        yield f"{number}\n".encode()
        time.sleep(0.1)


@view_config(route_name="hello")
def hello(request):
    return Response("Hello!\n", **PLAIN_TEXT)


@view_config(route_name="stream")
def stream(request):
    return Response(app_iter=numbers(), **PLAIN_TEXT)


with Configurator() as config:
    config.add_tween(f"{__name__}.tween")
    config.add_route("hello", "/")
    config.add_route("stream", "/stream")
    config.scan()
    app = config.make_wsgi_app()
