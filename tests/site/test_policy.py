"""Each page has the Content-Security-Policy, before all that it governs, and runs its scripts."""

import re
from pathlib import Path

import pytest

from runnable.site.policy import INLINE, add_policy, hashes_of

PAGE = """<head>
<meta charset="utf-8">
<script>{text}</script><script src="x.js"></script>
<script id="x" type="application/json">{{}}</script>
</head>"""
FOUND = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def test_each_page_of_the_site(site: Path) -> None:
    # The frame in which an application's page is shown, in assets/, has a policy of its own.
    paths = [path for path in site.rglob("*.html") if site / "assets" not in path.parents]
    pages = {path: path.read_text("utf-8") for path in paths}
    assert len(pages) > 20
    policies = set()
    for path, text in pages.items():
        found = FOUND.search(text)
        assert found, f"{path} has no policy"
        head = text[: found.start()]
        assert not re.search("<(script|link|style)", head), f"{path}: something comes before"
        policies.add(found[1])
    (policy,) = policies
    allowed = re.search("script-src ([^;]*)", policy)
    assert allowed
    assert "unsafe-inline" not in allowed[1]
    assert set(hashes_of(pages.values())) <= set(allowed[1].split())
    assert all(not re.search(r'\son\w+="|"javascript:', text) for text in pages.values())


@pytest.mark.parametrize("live_reload", [False, True])
def test_scripts_within_a_page_run_by_their_hashes(tmp_path: Path, live_reload: bool) -> None:
    (tmp_path / "b").mkdir()
    for name, text in (("a.html", "one()"), ("b/index.html", "two()")):
        (tmp_path / name).write_text(PAGE.format(text=text))
    add_policy(tmp_path, live_reload=live_reload)
    pages = [path.read_text() for path in tmp_path.rglob("*.html")]
    (policy,) = {found[1] for page in pages if (found := FOUND.search(page))}
    assert policy.count("sha256-") == (0 if live_reload else 2)
    # A browser that finds a hash heeds no 'unsafe-inline' beside it.
    assert ("script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline';" in policy) == live_reload
    assert len(INLINE.findall(pages[0])) == 3
