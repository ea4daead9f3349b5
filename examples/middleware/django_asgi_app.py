# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Django's way under ASGI: a coroutine function around the view."""

import asyncio
import time
import uuid

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils.decorators import async_only_middleware

PLAIN_TEXT = "text/plain; charset=utf-8"


@async_only_middleware
def middleware(get_response):
    async def wrapped(request):
        began = time.perf_counter()
        request_id = request.headers.get(
            "X-Request-ID", uuid.uuid4().hex
        )
        response = await get_response(request)
        ms = (time.perf_counter() - began) * 1000
        response["X-Request-ID"] = request_id
        response["Server-Timing"] = f"app;dur={ms:.1f}"
        return response

    return wrapped


async def numbers():
    for number in range(1, 4):
        yield f"{number}\n"
        await asyncio.sleep(0.1)


async def hello(request):
    return HttpResponse("Hello!\n", PLAIN_TEXT)


async def stream(request):
    return StreamingHttpResponse(numbers(), content_type=PLAIN_TEXT)


settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[f"{__name__}.middleware"],
)
urlpatterns = [path("", hello), path("stream", stream)]
app = get_asgi_application()
