# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Django under ASGI streams what an asynchronous generator yields."""

import asyncio

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import StreamingHttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)


async def numbers():
    for number in range(1, 5):
        yield f"{number}\n"
        await asyncio.sleep(0.15)


async def count(request):
    return StreamingHttpResponse(
        numbers(), content_type="text/plain; charset=utf-8"
    )


urlpatterns = [path("", count)]
app = get_asgi_application()
