# /// script
# dependencies = ["flask"]
# tool.runnable.server = "werkzeug"
# ///
"""The WSGI application of these tests, for a server that takes Flask's applications alone."""

import wsgi_app
from flask import Flask


class Bare(Flask):
    wsgi_app = staticmethod(wsgi_app.app)


app = Bare(__name__)
