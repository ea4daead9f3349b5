# /// script
# dependencies = ["django", "tzdata"]
# tool.runnable.server = "wsgiref"
# ///
"""Django's admin, for one model. User: ada. Password: lovelace."""

from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.urls import path
from django.views.generic import RedirectView

folder = TemporaryDirectory()
database = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": f"{folder.name}/events.sqlite3",
}
templates = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]
    },
}
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": database},
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "django.contrib.staticfiles",
        __name__,
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    # Quick to check, and so quick to guess: for examples alone.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="not a secret: anybody can read it here",
    STATIC_URL="static/",
    TEMPLATES=[templates],
    TIME_ZONE="UTC",
)
app = StaticFilesHandler(get_wsgi_application())


class Event(models.Model):
    name = models.CharField(max_length=50)
    start = models.DateField()

    def __str__(self):
        return self.name


admin.site.register(Event)
urlpatterns = [
    path("", RedirectView.as_view(url="/admin/")),
    path("admin/", admin.site.urls),
]

call_command("migrate", verbosity=0)
with connection.schema_editor() as editor:
    editor.create_model(Event)
users = get_user_model().objects
users.create_superuser("ada", password="lovelace")
connection.close()
