"""Where scripts are off, no text tells a reader to press what is not there."""

import re
from pathlib import Path

TELLS_TO_PRESS = re.compile(r"<p([^>]*)>(?:(?!</p>).)*[Pp]ress <strong>Run</strong>", re.DOTALL)


def test_what_tells_to_press_run_can_be_hidden(site: Path) -> None:
    told = [
        (page, attributes)
        for page in site.rglob("index.html")
        for attributes in TELLS_TO_PRESS.findall(page.read_text("utf-8"))
    ]
    assert len(told) > 3
    assert [page for page, attributes in told if "pressing" not in attributes] == []
