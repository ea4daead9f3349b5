# /// script
# dependencies = ["django"]
# tool.runnable.server = "wsgiref"
# ///
"""Django under WSGI streams what a generator yields."""

import time

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import StreamingHttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)


def numbers():
    for number in range(1, 5):
        yield f"{number}\n"
        time.sleep(0.15)


def count(request):
    return StreamingHttpResponse(
        numbers(), content_type="text/plain; charset=utf-8"
    )


urlpatterns = [path("", count)]
app = get_wsgi_application()
