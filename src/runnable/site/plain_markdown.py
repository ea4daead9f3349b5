"""A page as plain Markdown, for readers who copy it and programs that read it.

Includes are expanded. An example is a fence below its file's name, a `serve` fence a list of
commands, a table of capabilities or a figure a table, a race a list of who takes part, a mark of
proof a link. Tabs, notes and questions become lists. Links are absolute: a copy has no place of its
own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from urllib.parse import urljoin, urlsplit

from markdown import Markdown

from runnable.site.plain_blocks import (
    capabilities_as_markdown,
    figure_as_markdown,
    module_as_markdown,
    race_as_markdown,
)
from runnable.site.proof import FRAGMENT, GROUP, Proof
from runnable.site.serve_fence import FENCE as SERVE
from runnable.site.serve_fence import serve

LINKS = Path("docs/includes/links.md")
INCLUDE = re.compile(r'^( *)--8<-- "([^"]+)"$', re.MULTILINE)
RUNNABLE = re.compile(r'^( *)``` (?:py|python) \{ \.runnable src="([^"]+)".*\}$', re.MULTILINE)
BARE = re.compile(r"^( *)``` \{ \.(\w+) \}$", re.MULTILINE)
CAPABILITIES = re.compile(r'^``` capabilities \{ (\w+)="([^"]+)".*\}\n.*\n```$', re.MULTILINE)
RACE = re.compile(
    r'^``` race \{ request="([^"]+)"(?: recorded="([^"]+)")? \}\n(.*?)^```$', re.M | re.S
)
FIGURE = re.compile(r'^``` figure \{ of="([^"]+)" \}\n--8<-- "([^"]+)"\n```$', re.MULTILINE)
MODULE = re.compile(r"^::: ([\w.]+)$(?:\n +.*)*", re.MULTILINE)
DRAWING = re.compile(r"<title.*?>(.*?)</title>.*?<desc.*?>(.*?)</desc>", re.DOTALL)
# A fence as a whole: nothing in it is Markdown.
FENCE = re.compile(r"^( *)(`{3,})[^\n]*\n.*?^\1\2$", re.MULTILINE | re.DOTALL)
# A tab, a note, or what opens by a click; what belongs to it is indented by four spaces.
BLOCK = re.compile(r'^( *)(?:===|!!!|\?\?\?\+?) ?(\w*)(?: ?"(.*)")?$', re.MULTILINE)
# HTML that only arranges, and a line of attributes for the block above it.
ARRANGING = re.compile(r"^ *(?:(?:</?div[^>]*>)+|\{ ?[.#:][^{}\n]*\})(?:\n|\Z)", re.MULTILINE)
ATTRIBUTES = re.compile(r" ?\{ ?[.#:][^{}\n]*\}")
LINK = re.compile(r"(?<=\]\()[^)\s]+")
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
DEFINITION = re.compile(r"^\[([^\]]+)\]: \S+$", re.MULTILINE)


def address_of(page: str) -> str:
    """Give a page's address below the site's, such as `wsgi/` for `wsgi.md`."""
    return re.sub(r"(?:(?<=/)|^)index\.md$|\.md$", lambda end: "/" * (end[0] == ".md"), page)


def plain_markdown(text: str, page: str, site_url: str, repository: str) -> str:
    """Write a page as plain Markdown.

    Args:
        text: The page's source, without front matter.
        page: Its path below `docs/`.
        site_url: The site's address, with a slash at its end.
        repository: The address of the repository that holds the tests.

    Raises:
        ExampleError: If a `serve` fence is wrong.
        ProofError: If a mark of proof leads nowhere.
    """
    definitions = LINKS.read_text("utf-8")
    marks = Markdown(extensions=[Proof(repository=repository)])
    marks.convert("\n".join(found[0] for found in DEFINITION.finditer(f"{definitions}\n{text}")))
    marks.preprocessors["proof"].run(text.splitlines())

    def absolute(link: str) -> str:
        """Lead to the page, which has the anchors, and not to its source."""
        parts = urlsplit(link)
        if parts.scheme or not (parts.path or parts.fragment):
            return link
        target = urljoin(f"/{page}", parts.path).removeprefix("/")
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        return f"{site_url}{address_of(target)}{anchor}"

    def proofs(found: re.Match[str]) -> str:
        group, _, end = marks.inlinePatterns["proof"].handleMatch(found, text)
        links = (
            f"[{mark.text}]({absolute(f'{mark.get("href")}#{mark.get(FRAGMENT)}'.rstrip('#'))})"
            for mark in group
        )
        return f"({', '.join(links)}){found[0][end - found.start() :]}"

    def prose(part: str) -> str:
        part = ARRANGING.sub("", BLOCK.sub(_item, part))
        part = _outside(CODE, part, lambda words: ATTRIBUTES.sub("", words))
        part = _outside(CODE, part, lambda words: re.sub(GROUP, proofs, words))
        part = _outside(CODE, part, lambda words: LINK.sub(lambda to: absolute(to[0]), words))
        return re.sub(r"\n{3,}", "\n\n", part)

    text = MODULE.sub(lambda found: module_as_markdown(found[1]), text)
    text = CAPABILITIES.sub(lambda found: capabilities_as_markdown(found[1], found[2]), text)
    text = FIGURE.sub(lambda found: figure_as_markdown(found[1], Path(found[2]).read_text()), text)
    text = RACE.sub(lambda race: race_as_markdown(race[3], race[1], race[2]), text)
    text = RUNNABLE.sub(r"\1`\2`:\n\n\1```py", text)
    text = BARE.sub(r"\1```\2", text)
    text = INCLUDE.sub(_included, text)
    text = SERVE.sub(lambda fence: indent(serve(fence[2]), fence[1]), text)
    text = _outside(FENCE, text, prose)
    used = " ".join(text.lower().split())
    needed = [
        found[0] for found in DEFINITION.finditer(definitions) if f"[{found[1].lower()}]" in used
    ]
    return "\n".join([text.strip(), "", *needed]).strip() + "\n"


def _included(found: re.Match[str]) -> str:
    """Give the file that a line includes; of a drawing, what it says to those who cannot see it."""
    content = Path(found[2]).read_text("utf-8")
    if drawing := DRAWING.search(content):
        content = html.unescape(f"*Drawing: {drawing[1]}.* {drawing[2]}")
    return indent(content.rstrip("\n"), found[1])


def _item(found: re.Match[str]) -> str:
    """Make the head of a block a list's item: what is indented below belongs to it still."""
    return f"{found[1]}- **{found[3] or found[2].capitalize()}**"


def _outside(apart: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """Change a text, but for the parts that a pattern finds."""
    changed, end = "", 0
    for found in apart.finditer(text):
        changed += change(text[end : found.start()]) + found[0]
        end = found.end()
    return changed + change(text[end:])
