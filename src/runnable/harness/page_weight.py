"""How much a page of the built site makes a browser fetch, as a static host sends it: gzipped."""

import gzip
from collections.abc import Iterable
from pathlib import Path

# Compressed as they are, a host sends these unchanged.
COMPRESSED = {".png", ".zip", ".woff2"}


def gzipped_sizes(urls: Iterable[str], site_url: str, site: Path) -> dict[str, int]:
    """Weigh the files that a page asked for.

    Args:
        urls: The addresses; what is asked for twice counts once.
        site_url: The site's address, with a slash at its end.
        site: The built site's folder.

    Returns:
        Each file's path below the site, and its bytes as sent.

    Raises:
        ValueError: An address is not of this site.
        OSError: The site has no such file.
    """
    sizes = {}
    for url in urls:
        if not url.startswith(site_url):
            raise ValueError(f"{url} is not below {site_url}")
        path = url.removeprefix(site_url).partition("#")[0].partition("?")[0]
        file = site / path / "index.html" if path.endswith("/") or not path else site / path
        data = file.read_bytes()
        sizes[path] = len(data if file.suffix in COMPRESSED else gzip.compress(data, mtime=0))
    return sizes
