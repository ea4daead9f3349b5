# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A client that leaves a stream of Django: its task is cancelled."""

import asyncio

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import StreamingHttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)


async def lines():
    try:
        for number in range(1, 11):
            yield f"{number}\n"
            await asyncio.sleep(0.05)
        print("All ten lines were made.", flush=True)
    except asyncio.CancelledError:
        print("The client left.", flush=True)
        raise  # a cancellation that is caught goes on


async def stream(request):
    return StreamingHttpResponse(
        lines(), content_type="text/plain; charset=utf-8"
    )


urlpatterns = [path("", stream)]
app = get_asgi_application()
