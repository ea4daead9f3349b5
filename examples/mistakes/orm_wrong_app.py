# /// script
# dependencies = ["django", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Django's ORM, called without await in async def."""

import logging
import sqlite3
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.db import models
from django.http import HttpResponse
from django.urls import path

logging.basicConfig()  # or DEBUG = True, to see errors
folder = TemporaryDirectory()
name = f"{folder.name}/notes.sqlite3"
with sqlite3.connect(name) as database:
    database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")

sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": name}
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": sqlite},
    INSTALLED_APPS=[__name__],
    ROOT_URLCONF=__name__,
)
app = get_asgi_application()


class Note(models.Model):
    class Meta:
        db_table = "notes"


async def count(request):
    number = Note.objects.count()  # it would block the loop
    return HttpResponse(f"{number} notes\n")


urlpatterns = [path("", count)]
