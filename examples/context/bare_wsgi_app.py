# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A WSGI application that keeps its user in a context variable."""

from contextvars import ContextVar

user = ContextVar("user", default="nobody")


def forget():
    user.set("Ada")
    return user.get()


def tidy():
    token = user.set("Ada")
    try:
        return user.get()
    finally:
        user.reset(token)


PATHS = {"/who": user.get, "/forget": forget, "/tidy": tidy}


def app(environ, start_response):
    body = f"{PATHS[environ['PATH_INFO']]()}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [body]
