"""The published examples and the described servers, and the page that shows an example."""

import functools
import re

from helpers.paths import EXAMPLES, ROOT
from runnable.catalogue.examples import Example, find_examples
from runnable.catalogue.servers import ServerSpec, load_servers

ALL = {example.name: example for example in find_examples(EXAMPLES)}
SERVERS = load_servers(EXAMPLES / "servers.toml")


def simplest(server: ServerSpec) -> Example:
    """The simplest example that a server takes: a greeting, or the notes of its framework."""
    topics = ("hello", "notes")
    return next(ALL[name] for name in ALL if name.startswith(topics) and server.serves(ALL[name]))


def page_of(example: Example) -> str:
    """The page that embeds an example, below the site's address."""
    return _pages()[example.name]


@functools.cache
def _pages() -> dict[str, str]:
    """By example: the first page that embeds it."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "docs").rglob("*.md")):
        page = f"{file.relative_to(ROOT / 'docs').with_suffix('')}/".removesuffix("index/")
        for name in re.findall(r'src="(.+?)"', file.read_text()):
            found.setdefault(name, page)
    return found
