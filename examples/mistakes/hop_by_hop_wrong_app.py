# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A header that is the server's to send."""


def app(environ, start_response):
    headers = [("Content-Type", "text/plain"), ("Connection", "close")]
    start_response("200 OK", headers)
    return [b"Hello\n"]
