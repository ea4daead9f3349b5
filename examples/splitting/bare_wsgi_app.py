# /// script
# dependencies = []
# tool.runnable.server = "wsgiref"
# ///
"""A redirect to where the query says, and to no other header."""

from urllib.parse import parse_qs


def app(environ, start_response):
    query = parse_qs(environ.get("QUERY_STRING", ""))
    place = query.get("to", [""])[0]
    headers = [("Content-Type", "text/plain")]
    headers.append(("Content-Length", "0"))
    if not place.isprintable():  # a line break is not
        start_response("400 Bad Request", headers)
        return [b""]
    headers.append(("Location", f"/{place}"))
    start_response("303 See Other", headers)
    return [b""]
