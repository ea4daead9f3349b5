# /// script
# dependencies = ["django", "tzdata", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Django's ORM in asynchronous views: events in Paris, on SQLite."""

import os
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.db import connection, models
from django.forms import ModelForm
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import aget_object_or_404
from django.template import Context, Engine
from django.urls import path
from django.views import View

PAGE = """<!doctype html>
<title>Events</title>
<form method="post">{{ form.errors }}
<input name="name" aria-label="Name">
<input name="start" type="datetime-local" aria-label="Start">
<button>Add</button></form>
<ul>
{% for event in events %}<li>{{ event.name }}:
{{ event.start|date:"j F Y, H:i T" }}</li>
{% endfor %}</ul>"""

folder = TemporaryDirectory()
database = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": f"{folder.name}/events.sqlite3",
}
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": database},
    INSTALLED_APPS=[__name__],
    ROOT_URLCONF=__name__,
    TIME_ZONE="Europe/Paris",
)
app = get_asgi_application()


class Event(models.Model):
    name = models.CharField(max_length=50)
    start = models.DateTimeField()


class EventForm(ModelForm):
    class Meta:
        model = Event
        fields = ("name", "start")


async def page(request):
    form = EventForm(request.POST or None)
    if form.is_valid():
        await Event.objects.acreate(**form.cleaned_data)
        return HttpResponseRedirect("/")
    events = [event async for event in Event.objects.order_by("start")]
    context = Context({"form": form, "events": events})
    html = Engine().from_string(PAGE).render(context)
    return HttpResponse(html, status=422 if form.is_bound else 200)


async def list_events(request):
    events = Event.objects.order_by("start").values()
    return JsonResponse([event async for event in events], safe=False)


class OneEvent(View):
    async def get(self, request, id):
        event = await aget_object_or_404(Event.objects.values(), id=id)
        return JsonResponse(event)

    async def delete(self, request, id):
        event = await aget_object_or_404(Event, id=id)
        await event.adelete()
        return HttpResponse(status=204)


urlpatterns = [
    path("", page),
    path("events", list_events),
    path("events/<int:id>", OneEvent.as_view()),
]

# Uvicorn imports this file within its event loop, where Django
# would refuse to wait for a database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
with connection.schema_editor() as editor:
    editor.create_model(Event)
connection.close()
del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
