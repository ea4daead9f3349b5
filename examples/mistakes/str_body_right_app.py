# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A body of bytes."""


def app(environ, start_response):
    headers = [("Content-Type", "text/plain")]
    start_response("200 OK", headers)
    return [b"Hello\n"]
