# /// script
# dependencies = ["django"]
# tool.runnable.server = "wsgiref"
# ///
"""Work after the response, in Django under WSGI: by a thread."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
pool = ThreadPoolExecutor(max_workers=2)
PLAIN_TEXT = "text/plain; charset=utf-8"


def write_report():
    time.sleep(0.2)
    print("The report is written.", flush=True)


def report(request):
    if request.method == "GET":
        return HttpResponse("POST / asks for a report.\n", PLAIN_TEXT)
    pool.submit(write_report)
    return HttpResponse(
        "The report will be written.\n", PLAIN_TEXT, 202
    )


urlpatterns = [path("", report)]
app = get_wsgi_application()
