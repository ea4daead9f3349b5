# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""Work after the response, in bare WSGI: in the iterable's close()."""

import time


class Accepted:
    """A body that writes the report when the server closes it."""

    def __iter__(self):
        return iter([b"The report will be written.\n"])

    def close(self):
        time.sleep(0.2)
        print("The report is written.", flush=True)


def app(environ, start_response):
    status, body = "200 OK", [b"POST / asks for a report.\n"]
    if environ["REQUEST_METHOD"] == "POST":
        status, body = "202 Accepted", Accepted()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(sum(map(len, body)))),
    ]
    start_response(status, headers)
    return body
