# /// script
# dependencies = ["pyramid"]
# tool.runnable.server = "wsgiref"
# ///
"""Pyramid streams what its response iterates over."""

import time

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config


def numbers():
    for number in range(1, 5):
        yield f"{number}\n".encode()
        time.sleep(0.15)


@view_config(route_name="count")
def count(request):
    return Response(
        content_type="text/plain", charset="utf-8", app_iter=numbers()
    )


with Configurator() as config:
    config.add_route("count", "/")
    config.scan()
    app = config.make_wsgi_app()
