"""Where ASGI frameworks call a handler written with `def`: in a thread, or on the loop."""

import http.client
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.catalogue import SERVERS
from helpers.patience import PATIENCE
from helpers.serving import serving

THREAD = """
import threading

def where():
    main = threading.current_thread() is threading.main_thread()
    return "on the event loop" if main else "in a thread"
"""
STARLETTE = (
    THREAD
    + """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

def handler(request):
    return PlainTextResponse(where())

app = Starlette(routes=[Route("/", handler)])
"""
)
FASTAPI = (
    THREAD
    + """
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()

@app.get("/", response_class=PlainTextResponse)
def handler():
    return where()
"""
)
QUART = (
    THREAD
    + """
from quart import Quart

app = Quart(__name__)

@app.get("/")
def handler():
    return where()
"""
)
SANIC = (
    THREAD
    + """
from sanic import Sanic
from sanic.response import text

app = Sanic("claim")

@app.get("/")
def handler(request):
    return text(where())
"""
)


@pytest.mark.parametrize(
    ("source", "where"),
    [
        pytest.param(STARLETTE, "in a thread", id="Starlette"),
        pytest.param(FASTAPI, "in a thread", id="FastAPI"),
        pytest.param(QUART, "in a thread", id="Quart"),
        pytest.param(SANIC, "on the event loop", id="Sanic"),
    ],
)
def test_where_a_framework_calls_a_def_handler(source: str, where: str, tmp_path: Path) -> None:
    with serving(source, SERVERS["uvicorn"], tmp_path) as server:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
        connection.request("GET", "/")
        assert connection.getresponse().read().decode() == where
        connection.close()


DJANGO = """
import asyncio
import threading

import django
from django.conf import settings

database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
apps = ["django.contrib.contenttypes"]
settings.configure(INSTALLED_APPS=apps, DATABASES={"default": database})
django.setup()

from django.contrib.contenttypes.models import ContentType
from django.db.backends.signals import connection_created
from django.dispatch import receiver

@receiver(connection_created)
def tell(**_):
    loop = threading.current_thread() is threading.main_thread()
    print("on the event loop" if loop else "in a thread", flush=True)

asyncio.run(ContentType.objects.acount())
"""


def test_djangos_methods_with_a_query_in_a_thread() -> None:
    ran = subprocess.run([sys.executable, "-c", DJANGO], capture_output=True, text=True)
    assert "no such table" in ran.stderr  # it did ask the database
    assert ran.stdout == "in a thread\n"
