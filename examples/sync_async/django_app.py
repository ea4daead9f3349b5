# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Django under ASGI: async def on the event loop, def in a thread."""

import asyncio
import time

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)


def waited():
    return HttpResponse("Waited 0.2 s\n")


async def wait(request):
    await asyncio.sleep(0.2)
    return waited()


def wait_in_a_thread(request):
    time.sleep(0.2)
    return waited()


async def send_to_a_thread(request):
    await sync_to_async(time.sleep)(0.2)
    return waited()


urlpatterns = [
    path("await", wait),
    path("def", wait_in_a_thread),
    path("to-thread", send_to_a_thread),
]
app = get_asgi_application()
