"""Proof marks: a Markdown extension that makes `[[run: …]]` after a claim a link to its proof.

A claim ends in one mark or several:

- `[[run: hello/flask_app.py]]`: an example that shows it; leads to where a page embeds it;
- `[[measured: keep-alive]]`: a capability, measured on each server; leads to its section;
- `[[measured: tests/site/test_pages.py::test_name]]`: a test that holds it; leads to its source;
- `[[spec: asgi-scope]]`: a label of `docs/includes/links.md`; leads to that text.

Marks that follow each other become one group. A mark that leads nowhere ends the build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from runnable.catalogue.capabilities import CAPABILITIES, load_capabilities

# Found from where mkdocs runs.
PAGES = Path("docs")
CAPABILITIES_PAGE = "/servers/capabilities.md"

MARK = re.compile(r"\[\[(\w+):\s*([^\]]+?)\s*\]\]")
GROUP = rf"((?:{MARK.pattern}\s*)+)"
# A fence that shows an example: its indentation tells whether it stands in a tab.
EMBEDDED = re.compile(r'^( *)```.*\{.*\.runnable\b.*\bsrc="([^"]+)"', re.MULTILINE)
# Where a link keeps its fragment at first.
FRAGMENT = "data-fragment"
# Whose pages are specifications; what others write is documentation.
SPECIFICATIONS = {
    "asgi.readthedocs.io",
    "html.spec.whatwg.org",
    "peps.python.org",
    "www.rfc-editor.org",
}
# After code in backticks (190), before links (170 and less).
INLINE_PRIORITY = 175
# After includes (snippets: 32), before superfences takes the fences out (25).
LINES_PRIORITY = 30
# After MkDocs made links relative to the page (0).
TREE_PRIORITY = -10


class ProofError(Exception):
    """A mark that leads nowhere: in one line the place, what is wrong, and what to do."""


class Proof(Extension):  # type: ignore[misc] # Python-Markdown has no types
    """The extension, `runnable.site.proof` in `mkdocs.yml`."""

    def __init__(self, **options: Any) -> None:
        self.config = {"repository": ["", "The address of the repository that holds the tests"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        here = _Here(md)
        md.preprocessors.register(here, "proof", LINES_PRIORITY)
        marks = _Marks(md, here, self.getConfig("repository"))
        md.inlinePatterns.register(marks, "proof", INLINE_PRIORITY)
        md.treeprocessors.register(_Fragments(md), "proof", TREE_PRIORITY)


class _Here(Preprocessor):  # type: ignore[misc]
    """Notes the examples that the page itself embeds: a mark leads there first."""

    examples: frozenset[str] = frozenset()

    def run(self, lines: list[str]) -> list[str]:
        self.examples = frozenset(src for _, src in EMBEDDED.findall("\n".join(lines)))
        return lines


class _Marks(InlineProcessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, here: _Here, repository: str) -> None:
        super().__init__(GROUP, md)
        self.here, self.repository = here, repository

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Element, int, int]:
        group = Element("span", {"class": "proofs", "data-search-exclude": ""})
        end = match.start()
        for mark in MARK.finditer(match[0]):
            word, title, link = self._target(mark)
            address, _, fragment = link.partition("#")
            # No title: Material would watch each of a page's hundred, before anybody points at one.
            attributes = {"class": "proof", "href": address, "aria-label": title}
            element = SubElement(group, "a", attributes | {FRAGMENT: fragment})
            element.text, element.tail = word, " "
            end = match.start() + mark.end()
        group[-1].tail = None
        return group, match.start(), end

    def _target(self, mark: re.Match[str]) -> tuple[str, str, str]:
        """Give the word that a mark shows, its accessible name, and where it leads."""
        kind, target = mark[1], mark[2]
        if kind == "run":
            page = "" if target in self.here.examples else _page_of(mark)
            return "run", f"Run {target}", f"{page}#{target}"
        if kind == "measured" and "::" in target:
            link = f"{self.repository}/blob/main/{_test(mark)}"
            return "measured", f"Measured by the test {target.partition('::')[2]}", link
        if kind == "measured":
            return "measured", f"Measured: {_capability(mark)}", f"{CAPABILITIES_PAGE}#{target}"
        if kind == "spec":
            return self._specification(mark)
        raise _error(mark, "a mark is one of run, measured and spec", ("run", "measured", "spec"))

    def _specification(self, mark: re.Match[str]) -> tuple[str, str, str]:
        labels = self.md.references
        if mark[2].lower() not in labels:
            raise _error(mark, "docs/includes/links.md has no such label", labels)
        address = labels[mark[2].lower()][0]
        parts = urlsplit(address)
        section = parts.fragment or parts.path.strip("/").rpartition("/")[2]
        where = f"{section.replace('-', ' ')} ({parts.netloc})"
        if parts.netloc in SPECIFICATIONS:
            return "spec", f"Spec: {where}", address
        return "docs", f"Docs: {where}", address


class _Fragments(Treeprocessor):  # type: ignore[misc]
    """Completes the links: MkDocs knows no anchors of fences, and would refuse them."""

    def run(self, root: Element) -> None:
        for link in root.iterfind(f".//a[@{FRAGMENT}]"):
            if fragment := link.attrib.pop(FRAGMENT):
                link.set("href", f"{link.get('href')}#{fragment}")


def _page_of(mark: re.Match[str]) -> str:
    """Give the page that embeds an example: the topmost, and rather one outside of a tab."""
    embedded: dict[str, list[tuple[int, int, str]]] = {}
    for path in PAGES.rglob("*.md"):
        for indentation, src in EMBEDDED.findall(path.read_text("utf-8")):
            page = path.relative_to(PAGES).as_posix()
            embedded.setdefault(src, []).append((len(indentation), page.count("/"), page))
    if mark[2] not in embedded:
        raise _error(mark, "no page embeds this example; show it on one", embedded)
    return f"/{min(embedded[mark[2]])[2]}"


def _capability(mark: re.Match[str]) -> str:
    """Give the title of a capability."""
    known = load_capabilities()["capabilities"]
    if mark[2] not in known:
        raise _error(mark, f"{CAPABILITIES} has no such capability", known)
    return known[mark[2]]["title"].replace("`", "")


def _test(mark: re.Match[str]) -> str:
    """Give the path of a test's file, with the line where the test begins."""
    path, _, name = mark[2].partition("::")
    if not Path(path).is_file():
        raise _error(mark, f"there is no file {path}")
    tests = re.finditer(r"^(?:async )?def (test_\w+)\(", Path(path).read_text("utf-8"), re.M)
    lines = {test[1]: test.string.count("\n", 0, test.start()) + 1 for test in tests}
    if name not in lines:
        raise _error(mark, f"{path} has no such test", lines)
    return f"{path}#L{lines[name]}"


def _error(mark: re.Match[str], wrong: str, known: Iterable[str] = ()) -> ProofError:
    """Say where a mark stands, what is wrong with it, and what it may have meant."""
    place = "a page"
    for path in sorted(PAGES.rglob("*.md")):
        before, found, _ = path.read_text("utf-8").partition(mark[0])
        if found:
            place = f"{path}:{before.count('\n') + 1}"
            break
    near = get_close_matches(mark[2].rpartition("::")[2], known, 3, 0.4)
    advice = f"; did you mean {' or '.join(near)}?" if near else ""
    return ProofError(f"{place}: {' '.join(mark[0].split())}: {wrong}{advice}")


def makeExtension(**options: Any) -> Proof:  # noqa: D103 - Python-Markdown calls it
    return Proof(**options)
