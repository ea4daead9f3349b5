# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""Connection, Transfer-Encoding and their like are left out."""


def app(environ, start_response):
    headers = [("Content-Type", "text/plain")]
    start_response("200 OK", headers)
    return [b"Hello\n"]
