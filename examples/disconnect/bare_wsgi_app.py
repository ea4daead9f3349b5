# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A client that leaves a WSGI stream: the iterable is closed."""

import time


def lines():
    try:
        for number in range(1, 11):
            yield f"{number}\n".encode()
            time.sleep(0.05)
        print("All ten lines were made.", flush=True)
    except GeneratorExit:  # from close(), where the generator waits
        print("The client left.", flush=True)
        raise


def app(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response("200 OK", headers)
    return lines()
