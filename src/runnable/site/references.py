"""Names the addresses that pages refer to."""

import re
from urllib.parse import urlsplit


def label(address: str) -> str:
    """Name an address: an issue by its number, a repository, the rest by its host."""
    found = re.match(r"https://github\.com/([^/]+/[^/]+)/(?:(?:issues|pull)/(\d+))?", address)
    if not found:
        return urlsplit(address).netloc
    return f"{found[1]}#{found[2]}" if found[2] else found[1]
