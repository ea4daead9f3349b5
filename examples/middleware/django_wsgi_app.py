# /// script
# dependencies = ["django"]
# tool.runnable.server = "wsgiref"
# ///
"""Django's way under WSGI: a function around the view."""

import time
import uuid

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

PLAIN_TEXT = "text/plain; charset=utf-8"


def middleware(get_response):
    def wrapped(request):
        began = time.perf_counter()
        request_id = request.headers.get(
            "X-Request-ID", uuid.uuid4().hex
        )
        response = get_response(request)
        ms = (time.perf_counter() - began) * 1000
        response["X-Request-ID"] = request_id
        response["Server-Timing"] = f"app;dur={ms:.1f}"
        return response

    return wrapped


def numbers():
    for number in range(1, 4):
        yield f"{number}\n"
        time.sleep(0.1)


def hello(request):
    return HttpResponse("Hello!\n", PLAIN_TEXT)


def stream(request):
    return StreamingHttpResponse(numbers(), content_type=PLAIN_TEXT)


settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[f"{__name__}.middleware"],
)
urlpatterns = [path("", hello), path("stream", stream)]
app = get_wsgi_application()
