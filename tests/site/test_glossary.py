"""The glossary: each page explains a term where it uses it first, and only there."""

import re

from helpers.paths import ROOT
from markdown import Markdown

from runnable.site.glossary import GLOSSARY, load_terms

TERMS = load_terms(ROOT / GLOSSARY)


def explained(text: str) -> list[str]:
    """What a page's Markdown explains, with what it shows."""
    extensions = ["runnable.site.glossary", "attr_list", "def_list", "pymdownx.superfences"]
    page = Markdown(extensions=extensions).convert(text)
    uses = re.findall(
        r'<abbr class="term" tabindex="0" title="(.+?)">(.+?)</abbr>', page, re.DOTALL
    )
    assert all(title.replace("&quot;", '"') in TERMS.values() for title, _ in uses)
    return [re.sub("<.*?>", "", shown) for _, shown in uses]


def test_every_term_is_one_or_two_plain_sentences() -> None:
    assert len(TERMS) > 25
    entries = re.findall(r" \{ #.+ \}$", (ROOT / GLOSSARY).read_text("utf-8"), re.MULTILINE)
    assert len(TERMS) == len(entries)
    for term, definition in TERMS.items():
        assert definition.endswith("."), term
        assert "\n" not in term
        assert not re.search(r"\[|`|\*", definition), term
        assert len(definition) < 220, term


def test_first_use_alone_is_explained_in_the_order_of_reading() -> None:
    text = "A thread, *two threads* of one process.\n\n- A worker and a thread.\n- The Workers."
    assert explained(text) == ["thread", "process", "worker"]


def test_plurals_capitals_and_code_are_uses() -> None:
    text = "Event\nloops run `await`; Processes do not. `environ[1]` is something else."
    assert explained(text) == ["Event\nloops", "await", "Processes"]


def test_longer_terms_and_compounds_are_no_use_of_their_parts() -> None:
    assert explained("A Web Worker.") == ["Web Worker"]
    assert explained("Server-sent events; multi-thread.") == ["Server-sent events"]
    assert explained("The Web Server Gateway Interface.") == ["Web Server Gateway Interface"]


def test_names_of_functions_are_used_in_code_alone() -> None:
    assert explained("To send, to receive, and `send`.") == ["send"]


def test_headings_links_and_code_blocks_stay_as_they_are() -> None:
    text = "# The server\n\n[A thread](https://example.org)\n\n```\nworker\n```\n\n## Scope"
    assert explained(text) == []


def test_text_around_a_term_is_kept() -> None:
    page = Markdown(extensions=["runnable.site.glossary"]).convert("A *new* worker, `scope` end.")
    assert re.sub("<.*?>", "", page) == "A new worker, scope end."


def test_a_page_may_say_that_it_means_something_else() -> None:
    page = '# Title {: data-not-terms="event, process" }\n\nAn event, a thread and a process.'
    assert explained(page) == ["thread"]
    extensions = ["runnable.site.glossary", "attr_list"]
    assert "data-not-terms" not in Markdown(extensions=extensions).convert(page)


def test_glossary_does_not_explain_itself() -> None:
    assert explained((ROOT / GLOSSARY).read_text("utf-8")) == []
