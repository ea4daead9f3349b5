# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""Work after the response, in bare WSGI: by a thread of a pool."""

import time
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=2)


def write_report():
    time.sleep(0.2)
    print("The report is written.", flush=True)


def app(environ, start_response):
    status, body = "200 OK", b"POST / asks for a report.\n"
    if environ["REQUEST_METHOD"] == "POST":
        pool.submit(write_report)
        status, body = "202 Accepted", b"The report will be written.\n"
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    start_response(status, headers)
    return [body]
