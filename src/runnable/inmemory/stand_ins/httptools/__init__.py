"""In place of httptools, a parser in C: the one function of it that Sanic calls as an ASGI app."""

import re

from .parser.errors import HttpParserInvalidURLError

# The origin form of a request target (RFC 9112, section 3.2.1), or an asterisk, which is all that
# a server hands to an ASGI application. Any visible ASCII character is let through, as llhttp does.
ORIGIN_FORM = re.compile(
    rb"(?P<path>/[!-\"$->@-~]*|\*[!-\"$->@-~]*)(\?(?P<query>[!-\"$-~]*))?(\#+(?P<fragment>[!-~]*))?"
)


class URL:
    """The parts of a URL; those that are absent or empty are None."""

    schema = host = port = userinfo = None

    def __init__(self, path: bytes, query: bytes | None, fragment: bytes | None) -> None:
        self.path, self.query, self.fragment = path, query, fragment


def parse_url(url: bytes) -> URL:
    """Take a request target apart.

    Raises:
        HttpParserInvalidURLError: where it is none.
    """
    found = ORIGIN_FORM.fullmatch(url)
    if found is None:
        raise HttpParserInvalidURLError(f"invalid url {url!r}")
    return URL(found["path"], found["query"] or None, found["fragment"] or None)
