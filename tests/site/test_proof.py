"""Marks of proof: they lead to the proof, and on the pages listed here no claim is without one."""

import re
from pathlib import Path

import pytest
from helpers.claims import unmarked_claims
from helpers.paths import ROOT
from markdown import Markdown

from runnable.site.plain_markdown import address_of
from runnable.site.proof import ProofError

# The pages that state things about interfaces, frameworks and servers.
PAGES = [
    page.relative_to(ROOT / "docs").as_posix()
    for pattern in ("*.md", "guides/*.md", "practice/*.md", "frameworks/*.md", "servers/*.md")
    for page in sorted((ROOT / "docs").glob(pattern))
]
# Pages whose claims are not all marked yet; a page leaves the list when they are.
UNMARKED: set[str] = set()
TEST = "tests/site/test_proof.py"


def convert(text: str) -> str:
    extensions = ["runnable.site.proof", "pymdownx.superfences", "tables"]
    settings = {"runnable.site.proof": {"repository": "https://example.org/it"}}
    html: str = Markdown(extensions=extensions, extension_configs=settings).convert(
        f"{text}\n\n[pep]: https://peps.python.org/pep-3333/#environ-variables"
        "\n[Flask]: https://flask.palletsprojects.com/en/stable/deploying/"
    )
    return html


@pytest.mark.parametrize(
    ("mark", "word", "name", "link"),
    [
        (
            "[[run: hello/flask_app.py]]",
            "run",
            "Run hello/flask_app.py",
            r"/index\.md#hello/flask_app\.py",
        ),
        (
            "[[measured: file-wrapper]]",
            "measured",
            "Measured: wsgi.file_wrapper",
            r"/servers/capabilities\.md#file-wrapper",
        ),
        (
            f"[[measured: {TEST}::test_a_mark_leads_to_its_proof]]",
            "measured",
            "Measured by the test test_a_mark_leads_to_its_proof",
            rf"https://example\.org/it/blob/main/{TEST}#L\d+",
        ),
        (
            "[[spec: pep]]",
            "spec",
            "Spec: environ variables (peps.python.org)",
            r"https://peps\.python\.org/pep-3333/#environ-variables",
        ),
        (
            "[[spec: flask]]",
            "docs",
            "Docs: deploying (flask.palletsprojects.com)",
            r"https://flask\.palletsprojects\.com/en/stable/deploying/",
        ),
    ],
)
def test_a_mark_leads_to_its_proof(mark: str, word: str, name: str, link: str) -> None:
    page = convert(f"A claim. {mark}")
    found = re.search(r'<a aria-label="(.+?)" class="proof" href="(.+?)">', page)
    assert found, page
    assert found[1] == name
    assert re.fullmatch(link, found[2])
    assert f">{word}</a></span></p>" in page


def test_the_line_of_a_test_is_where_it_begins() -> None:
    page = convert(f"A claim. [[measured: {TEST}::test_the_line_of_a_test_is_where_it_begins]]")
    found = re.search(r"#L(\d+)", page)
    assert found
    line = (ROOT / TEST).read_text("utf-8").splitlines()[int(found[1]) - 1]
    assert line.startswith("def test_the_line_of_a_test_is_where_it_begins")


def test_an_example_of_the_same_page_is_led_to_there() -> None:
    fence = '``` py { .runnable src="hello/flask_app.py" }\n```'
    page = Markdown(extensions=["runnable.site.proof"]).convert(
        f"A claim. [[run: hello/flask_app.py]]\n\n{fence}"
    )
    assert 'href="#hello/flask_app.py"' in page


def test_marks_that_follow_each_other_are_one_group() -> None:
    page = convert("A claim. [[measured: keep-alive]]\n[[spec:\npep]] More.")
    assert page.count('class="proofs"') == 1
    assert page.count('class="proof"') == 2
    assert page.endswith("</a></span> More.</p>")


def test_marks_in_code_stay_text() -> None:
    assert "[[run: a]]" in convert("Write `[[run: a]]`.")


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        ("[[run: hello/flusk_app.py]]", "no page embeds this example; show it on one; did you"),
        ("[[measured: keepalive]]", "has no such capability; did you mean keep-alive"),
        ("[[measured: tests/none.py::test_none]]", "there is no file tests/none.py"),
        (f"[[measured: {TEST}::test_marks]]", f"{TEST} has no such test; did you mean"),
        ("[[spec: peb]]", "docs/includes/links.md has no such label; did you mean pep?"),
        ("[[shown: keep-alive]]", "a mark is one of run, measured and spec"),
    ],
)
def test_a_mark_that_leads_nowhere_is_refused_in_a_line(mark: str, complaint: str) -> None:
    with pytest.raises(ProofError) as failure:
        convert(f"A claim. {mark}")
    assert str(failure.value).startswith(f"a page: {mark}: ")
    assert complaint in str(failure.value)
    assert "\n" not in str(failure.value)


def test_the_complaint_names_the_page_and_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text("# Page\n\nA claim. [[spec: none]]\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProofError, match=r"^docs/page\.md:3: \[\[spec: none\]\]: "):
        convert("A claim. [[spec: none]]")


def unmarked_in(text: str) -> list[str]:
    return unmarked_claims(f"<p>Outside</p><article>{convert(text)}</article><p>Outside</p>")


@pytest.mark.parametrize(
    "text",
    [
        "A claim.",
        "[[spec: pep]] A claim after its mark.",
        "A [claim](https://example.org) with a link.",
        "- A claim. [[spec: pep]]\n- Another.",
        "| | |\n| --- | --- |\n| Row | A claim |",
        "| | | |\n| --- | --- | --- |\n| Row | A claim [[spec: pep]] | Another |",
        '<p class="story">A story.</p><dl><dt>Term</dt><dd>A claim.</dd></dl>',
        '<table class="comparison"><tr><td>Row</td><td>A claim</td>'
        '<td>B <b class="proofs"></b></td></tr></table>',
    ],
)
def test_a_claim_without_a_mark_is_found(text: str) -> None:
    assert len(unmarked_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# Heading\n\nA claim. [[spec: pep]]\n\n``` py\nprint()\n```",
        "A claim. [[spec: pep]] [[spec: Flask]].",
        "- A claim. [[spec: pep]]\n\n- Another.\n  [[spec: Flask]]\n",
        "| | |\n| --- | --- |\n| Row | A claim [[spec: pep]] |\n| Row | |",
        "| | | |\n| --- | --- | --- |\n| Row | A claim | and its proof [[spec: pep]] |",
        '<p class="story">A story.</p><div class="story"><p>Another.</p></div>',
    ],
)
def test_claims_with_marks_pass(text: str) -> None:
    assert unmarked_in(text) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_claim_of_a_page_has_a_mark(page: str) -> None:
    built = ROOT / "site" / address_of(page) / "index.html"
    unmarked = unmarked_claims(built.read_text("utf-8"))
    assert bool(unmarked) == (page in UNMARKED), "\n".join(unmarked) or "take it off the list"
