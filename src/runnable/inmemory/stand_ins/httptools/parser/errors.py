"""In place of httptools.parser.errors: the one error that the stand-in for `parse_url` raises."""


class HttpParserInvalidURLError(Exception):
    """What was to be a URL is none."""
