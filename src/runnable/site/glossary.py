"""The glossary on every page: a Markdown extension that explains a term where it is first used.

`docs/glossary.md` is the one place for the terms: a definition list, each term with its id.
The first use of a term on a page becomes an `<abbr>` with the definition as its title. It can be
focused, and Material shows titles on focus as on hover: by keyboard and by touch, too.

A page where a word means something else says so at an element, such as its heading:
`# Title {: data-not-terms="event" }` (several are separated by commas).
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

# Found from where mkdocs runs.
GLOSSARY = Path("docs/glossary.md")
# `term { #its-id }`, and below it `:   ` with the definition, which the next empty line ends.
ENTRY = re.compile(r"^(\S[^\n]*?) \{ #([\w-]+) \}\n:   (.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
# Marks of proof, and what Markdown adds to words: code, emphasis, the target of a link.
MARKUP = re.compile(r"\s*\[\[.+?\]\]|[`*]|\[(?=[^\]]+\][\[(])|\](?:\[.*?\]|\(.*?\))", re.DOTALL)
# Text in these is no use of a term, or leads elsewhere already.
APART = {"a", "abbr", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "script", "style", "summary"}
# After links and code have become elements (inline: 20), and attributes attributes (attr_list: 8).
PRIORITY = 6
NOT_TERMS = "data-not-terms"


class Glossary(Extension):  # type: ignore[misc] # Python-Markdown has no types
    """The extension, `runnable.site.glossary` in `mkdocs.yml`."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_FirstUses(md), "glossary", PRIORITY)


def load_terms(path: Path) -> dict[str, str]:
    """Read the glossary: each term in small letters, with its definition as plain text.

    A term in backticks, such as `send`, is used in code alone: "to send" is an ordinary verb.
    """
    return {
        term.lower(): " ".join(MARKUP.sub("", definition).split())
        for term, _, definition in ENTRY.findall(path.read_text("utf-8"))
    }


class _FirstUses(Treeprocessor):  # type: ignore[misc]
    """Marks the first use of each term, in the order of reading."""

    def run(self, root: Element) -> None:
        """Mark a page; not the glossary itself, and no docstrings, which come one by one."""
        if root.find(".//dt[@id]") is not None or "mkdocstrings_ids" in self.md.treeprocessors:
            return
        self.terms = load_terms(GLOSSARY)
        for element in root.iter():
            for term in element.attrib.pop(NOT_TERMS, "").split(","):
                self.terms.pop(term.strip().lower(), None)
        longest_first = sorted(self.terms, key=len, reverse=True)
        words = "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in longest_first)
        self.use = re.compile(rf"(?<![\w-])({words})(?:s|es)?(?![\w-])", re.IGNORECASE)
        self._mark(root)

    def _mark(self, element: Element) -> None:
        children = list(element)
        element.text, element[:] = self._split(element.text)
        for child in children:
            if child.tag not in APART and isinstance(child.tag, str):
                self._mark(child)
            tail, uses = self._split(child.tail)
            child.tail = None
            element.append(self._mark_code(child) if child.tag == "code" else child)
            element[-1].tail = tail
            element.extend(uses)

    def _split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Cut a text at the first uses in it: give what stands before them, and them."""
        uses: list[Element] = []
        if not text or isinstance(text, AtomicString):  # such as code
            return text, uses
        before, end = text, 0
        for found in self.use.finditer(text):
            if definition := self.terms.pop(" ".join(found[1].lower().split()), None):
                between = text[end : found.start()]
                if uses:
                    uses[-1].tail = between
                else:
                    before = between
                uses.append(_abbreviation(definition))
                uses[-1].text = found[0]
                end = found.end()
        if uses:
            uses[-1].tail = text[end:]
        return before, uses

    def _mark_code(self, code: Element) -> Element:
        definition = self.terms.pop(f"`{code.text}`", None)
        if not definition:
            return code
        use = _abbreviation(definition)
        use.append(code)
        return use


def _abbreviation(definition: str) -> Element:
    return Element("abbr", {"class": "term", "tabindex": "0", "title": definition})


def makeExtension(**options: object) -> Glossary:  # noqa: D103 - Python-Markdown calls it
    return Glossary(**options)
