# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Server-sent events from Django under ASGI."""

import asyncio

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
NO_BUFFER = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def read_number(event_id):
    try:
        return max(int(event_id), 0)
    except ValueError:  # a client may send any text as an id
        return 0


async def events(last):
    yield "retry: 2000\n\n"  # reconnect after 2 s
    for number in range(last + 1, 5):
        yield ": heartbeat\n\n"  # a comment, while there is no news
        await asyncio.sleep(0.1)
        yield f"data: {number * 25} %\nid: {number}\n\n"


async def stream(request):
    last = read_number(request.headers.get("Last-Event-ID", "0"))
    if last >= 4:  # it has all: a browser does not come back
        return HttpResponse(status=204)
    return StreamingHttpResponse(
        events(last),
        content_type="text/event-stream; charset=utf-8",
        headers=NO_BUFFER,
    )


urlpatterns = [path("", stream)]
app = get_asgi_application()
