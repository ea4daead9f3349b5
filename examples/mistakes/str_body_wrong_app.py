# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A body of str: WSGI carries bytes."""


def app(environ, start_response):
    headers = [("Content-Type", "text/plain")]
    start_response("200 OK", headers)
    return ["Hello\n"]
