# /// script
# dependencies = ["django", "gunicorn"]
# tool.runnable.server = "gunicorn"
# tool.runnable.threads = true
# ///
"""Django under WSGI: async_to_sync calls a coroutine from def."""

import asyncio
import time

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)


def waited():
    return HttpResponse("Waited 0.2 s\n")


async def wait(request):  # Django calls it by async_to_sync
    await asyncio.sleep(0.2)
    return waited()


def wait_in_the_worker(request):
    time.sleep(0.2)
    return waited()


def call_a_coroutine(request):
    async_to_sync(asyncio.sleep)(0.2)
    return waited()


urlpatterns = [
    path("await", wait),
    path("def", wait_in_the_worker),
    path("to-thread", call_a_coroutine),
]
app = get_wsgi_application()
