# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A bare WSGI application: a greeting and an echo."""


def app(environ, start_response):
    match environ["REQUEST_METHOD"], environ["PATH_INFO"]:
        case "GET", "/":
            status, body = "200 OK", b"Hello, world!\n"
        case "POST", "/echo":
            size = int(environ.get("CONTENT_LENGTH") or 0)
            status, body = "200 OK", environ["wsgi.input"].read(size)
        case _:
            status, body = "404 Not Found", b"Not Found\n"
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    start_response(status, headers)
    return [body]
