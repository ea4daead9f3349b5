# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""The smallest useful WSGI application."""


def app(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response("200 OK", headers)
    return [b"Hello, world!\n"]
