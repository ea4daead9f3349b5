# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Django as an ASGI framework: notes, as a page and as JSON."""

import json
from itertools import count

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import Http404, HttpResponse, JsonResponse
from django.template import Context, Engine
from django.urls import path
from django.views import View

PAGE = """<!doctype html>
<title>Notes</title>
<form method="post"><input name="text" aria-label="Note">
<button>Add</button></form>
<ul>
{% for text in notes.values %}<li>{{ text }}</li>
{% endfor %}</ul>
<p>Your last note: {{ last }}</p>"""

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
ids = count(1)
notes = {next(ids): "Buy milk"}


class Page(View):
    async def get(self, request):
        last = request.COOKIES.get("last", "none")
        context = Context({"notes": notes, "last": last})
        page = Engine().from_string(PAGE).render(context)
        return HttpResponse(page)

    async def post(self, request):
        text = request.POST.get("text")
        if not text:
            return HttpResponse(status=422)
        response = HttpResponse(status=303, headers={"Location": "/"})
        response.set_cookie("last", save(text)["id"])
        return response


class Notes(View):
    async def get(self, request):
        data = [{"id": id, "text": text} for id, text in notes.items()]
        return JsonResponse(data, safe=False)

    async def post(self, request):
        try:
            data = json.loads(request.body)
        except ValueError:
            return HttpResponse(status=400)
        match data:
            case {"text": str(text)} if text:
                return JsonResponse(save(text), status=201)
        return HttpResponse(status=422)


class Note(View):
    async def get(self, request, id):
        if id not in notes:
            raise Http404
        return JsonResponse({"id": id, "text": notes[id]})

    async def delete(self, request, id):
        if notes.pop(id, None) is None:
            raise Http404
        return HttpResponse(status=204)


def save(text):
    id = next(ids)
    notes[id] = text
    return {"id": id, "text": text}


urlpatterns = [
    path("", Page.as_view()),
    path("notes", Notes.as_view()),
    path("notes/<int:id>", Note.as_view()),
]
app = get_asgi_application()
