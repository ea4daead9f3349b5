"""What tests of Markdown fences read from the page that became of one."""

import json
import re
from typing import Any


def data_of(page: str) -> dict[str, Any]:
    """Give what the script of the page's first element knows."""
    found = re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data
