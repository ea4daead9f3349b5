# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Work after the response, in Django under ASGI: by a task."""

import asyncio

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
tasks = set()  # the loop alone would let a task be garbage-collected
PLAIN_TEXT = "text/plain; charset=utf-8"


async def write_report():
    await asyncio.sleep(0.2)
    print("The report is written.", flush=True)


async def report(request):
    if request.method == "GET":
        return HttpResponse("POST / asks for a report.\n", PLAIN_TEXT)
    task = asyncio.create_task(write_report())
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return HttpResponse(
        "The report will be written.\n", PLAIN_TEXT, 202
    )


urlpatterns = [path("", report)]
app = get_asgi_application()
