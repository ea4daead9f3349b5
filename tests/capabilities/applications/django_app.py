# /// script
# dependencies = ["django"]
# tool.runnable.server = "runserver"
# ///
"""The WSGI application of these tests, for a server that takes Django's projects alone."""

import wsgi_app
from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], WSGI_APPLICATION="wsgi_app.app")
urlpatterns = []
app = wsgi_app.app
