"""Where scripts are off, no text tells a reader to press what is not there."""

import re
from pathlib import Path

TELLS_TO_PRESS = re.compile(r"<p([^>]*)>(?:(?!</p>).)*<strong>Run</strong>", re.DOTALL)
# Says what happens at a press, in a list and tables.
ABOUT_RUN = "running"


def test_what_tells_to_press_run_can_be_hidden(site: Path) -> None:
    told = [
        (page, attributes)
        for page in site.rglob("index.html")
        if page.parent.name != ABOUT_RUN
        for attributes in TELLS_TO_PRESS.findall(page.read_text("utf-8"))
    ]
    assert len(told) > 3
    assert [page for page, attributes in told if "pressing" not in attributes] == []
