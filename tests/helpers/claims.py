"""Finds what a built page states without a mark of proof."""

import html.parser
import re
from dataclasses import dataclass, field

# What states something: it must end in a mark.
BLOCKS = {"p", "li", "td", "dd"}
# What does not: code, names of what follows, and pictures.
EXEMPT = {
    *("pre", "runnable-example", "request-race", "script", "style", "svg"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "summary", "figcaption"),
    *("nav", "aside", "form", "button"),
}
# `story` is for what tells, asks or instructs, and states nothing that needs a proof. In a table of
# capabilities each cell leads to what was measured; beside commands, to the server's page. What
# needs threads is measured where the fence is. A figure has the numbers that sentences speak of.
EXEMPT_CLASSES = {
    "story",
    "serving",
    "needs-threads",
    "capabilities",
    "admonition-title",
    "tabbed-labels",
    "capabilities-measured",
    "measured",
}
# A row is one claim, proved at its end; in a table of this class, each cell is one.
EACH_CELL = "comparison"
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class _Open:
    """An element that is open: the block that its text belongs to, if any."""

    tag: str
    exempt: bool
    text: str = ""
    marked: bool = False
    cells: int = 0
    each_cell: bool = False
    unmarked: list[str] = field(default_factory=list)  # the cells of a row so far


class _Claims(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.unmarked: list[str] = []
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        if tag in VOID or not (self.open or tag == "article"):
            return
        classes = set((dict(pairs).get("class") or "").split())
        exempt = tag in EXEMPT or bool(classes & EXEMPT_CLASSES)
        if tag == "td":  # the first cell of a row names it
            row = next(element for element in reversed(self.open) if element.tag == "tr")
            row.cells += 1
            exempt = exempt or row.cells == 1
        if "proofs" in classes and (block := self._block()):
            block.marked = True
        inside = bool(self.open) and self.open[-1].exempt
        each_cell = EACH_CELL in classes or bool(self.open and self.open[-1].each_cell)
        self.open.append(_Open(tag, exempt or inside or "proofs" in classes, each_cell=each_cell))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {element.tag for element in self.open}:
            return
        while (element := self.open.pop()).tag != tag:
            pass
        row = self.open[-1] if element.tag == "td" and not element.each_cell else None
        if element.tag in BLOCKS and re.search(r"\w", element.text) and not element.marked:
            (row or self).unmarked.append(" ".join(element.text.split()))
        elif row and element.marked:
            row.unmarked.clear()
        if element.tag == "tr":
            self.unmarked += element.unmarked

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1].exempt and (block := self._block()):
            block.text += data
            if re.search(r"\w", data):
                block.marked = False

    def _block(self) -> _Open | None:
        return next((element for element in reversed(self.open) if element.tag in BLOCKS), None)


def unmarked_claims(page: str) -> list[str]:
    """Give the text of each paragraph, list item and row that ends without a mark.

    Args:
        page: A built page's HTML; what is outside of its `<article>` does not count.
    """
    claims = _Claims()
    claims.feed(page)
    return claims.unmarked
