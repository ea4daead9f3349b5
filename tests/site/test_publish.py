"""What other programs read of the site: pages as Markdown, llms.txt, robots.txt, sitemap, data."""

import csv
import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from helpers.paths import ROOT
from markdown import markdown
from mkdocs.config import load_config
from PIL import Image, ImageChops

from runnable.site.plain_markdown import FENCE, address_of, plain_markdown
from runnable.site.social_card import draw_card

URL = "https://example.org/docs/"
REPOSITORY = "https://example.org/source"
CODE = re.compile(r"(`+)[^`].*?\1", re.DOTALL)
# Of the site's own source: what plain Markdown does not know.
NOT_PLAIN = {
    "a mark of proof": r"\[\[",
    "an include": r"--8<--",
    "a tab, a note or a question": r"^ *(?:===|!!!|\?\?\?)",
    "a directive": r"^:::",
    "attributes": r"\{ ?[.#]",
    "a division": r"</?div",
}


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def prose(text: str) -> str:
    return CODE.sub("", FENCE.sub("", text))


def copies(site: Path) -> dict[str, str]:
    found = {str(path.relative_to(site)): path.read_text() for path in site.rglob("index.md")}
    assert found, "the site has no page as Markdown: run `make site`"
    return found


def address(site: Path) -> str:
    found = re.search(r'<link rel="canonical" href="(.+?)"', (site / "index.html").read_text())
    assert found
    return found[1]


def broken(site: Path, links: Iterator[str]) -> list[str]:
    """Those of our own links that lead nowhere."""
    wrong = []
    for link in links:
        if not link.startswith(address(site)):
            if not urlsplit(link).scheme:
                wrong.append(f"{link} is not absolute")
            continue
        path, _, anchor = link.removeprefix(address(site)).partition("#")
        file = site / unquote(path)
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            wrong.append(f"{link} is not there")
        elif anchor and not re.search(rf'(?:id|name)="?{re.escape(anchor)}[" >]', file.read_text()):
            wrong.append(f"{link} has no such anchor")
    return wrong


class Links(HTMLParser):
    """The links of a text, as a reader of its Markdown sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markdown(text, extensions=["tables"]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if (tag, name) == ("a", "href")]


def test_every_page_has_its_markdown(site: Path) -> None:
    pages = {str(path.relative_to(site).with_suffix(".md")) for path in site.rglob("index.html")}
    assert pages == copies(site).keys()


@pytest.mark.parametrize("what", NOT_PLAIN)
def test_nothing_is_left_that_plain_markdown_does_not_know(site: Path, what: str) -> None:
    pattern = re.compile(NOT_PLAIN[what], re.MULTILINE)
    assert not [
        f"{name}: {found[0]}"
        for name, text in copies(site).items()
        for found in pattern.finditer(prose(text))
    ]


def test_no_fence_is_one_that_this_site_alone_knows(site: Path) -> None:
    headers = {
        header
        for text in copies(site).values()
        for fence in FENCE.finditer(text)
        for header in [fence[0].splitlines()[0].strip().strip("`").split(maxsplit=1)]
        for header in header[:1]
    }
    languages = {"py", "js", "sh", "sql", "nginx", "ini", "dockerfile", "text", "mermaid"}
    assert headers <= languages


def test_its_links_hold(site: Path) -> None:
    found = {
        name: broken(site, iter(Links(prose(text)).found)) for name, text in copies(site).items()
    }
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_examples_are_the_files_below_their_names(site: Path) -> None:
    text = copies(site)["wsgi/index.md"]
    source = (ROOT / "examples/hello/bare_wsgi_app.py").read_text()
    assert f"`hello/bare_wsgi_app.py`:\n\n```py\n{source}```\n" in text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A { #a }\n\nText.\n{ .story }\n", "# A\n\nText.\n"),
        ("Code `{ .a }`. [[spec: PEP 3333]]\n", "Code `{ .a }`. ([spec](https://peps.python.org/pep-3333/))\n"),
        ("[a](../asgi.md#x), [b](#y)", f"[a]({URL}asgi/#x), [b]({URL}servers/gunicorn/#y)\n"),
        ("[a](index.md), [b](/index.md)", f"[a]({URL}servers/), [b]({URL})\n"),
        ('!!! note\n\n    A.\n=== "B"\n    C.\n', "- **Note**\n\n    A.\n- **B**\n    C.\n"),
        ("```text\n[[no mark]] { .a }\n```\n", "```text\n[[no mark]] { .a }\n```\n"),
        ("[PEP 484]", "[PEP 484]\n\n[PEP 484]: https://peps.python.org/pep-0484/\n"),
        (
            "[[measured: keep-alive]]\n[[run: hello/flask_app.py]], so",
            f"([measured]({URL}servers/capabilities/#keep-alive),"
            f" [run]({URL}#hello/flask_app.py)), so\n",
        ),
    ],
)  # fmt: skip
def test_a_page_becomes_plain(source: str, expected: str) -> None:
    assert plain_markdown(source, "servers/gunicorn.md", URL, REPOSITORY) == expected


def test_a_serve_fence_becomes_commands() -> None:
    source = "``` serve\nhello/flask_app.py on gunicorn\n```\n"
    assert "\npython -m gunicorn " in plain_markdown(source, "index.md", URL, REPOSITORY)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("index.md", ""),
        ("wsgi.md", "wsgi/"),
        ("a/index.md", "a/"),
        ("a/my_index.md", "a/my_index/"),
    ],
)
def test_address_of_a_page(page: str, expected: str) -> None:
    assert address_of(page) == expected


def test_llms_txt_lists_every_page_with_a_description(site: Path) -> None:
    text = (site / "llms.txt").read_text()
    assert re.match(r"# .+\n\n> .+\n\n## .+\n\n- ", text)
    entries = re.findall(r"^- \[.+?\]\((.+?)\): .", text, re.MULTILINE)
    assert sorted(entries) == sorted(address(site) + name for name in copies(site))
    assert len(entries) == text.count("\n- ")


def test_robots_txt_names_the_sitemap_and_that_every_page(site: Path) -> None:
    named = re.search(r"^Sitemap: (\S+)$", (site / "robots.txt").read_text(), re.MULTILINE)
    assert named
    assert named[1] == f"{address(site)}sitemap.xml"
    tree = ElementTree.parse(site / "sitemap.xml")
    pages = {element.text for element in tree.iter() if element.tag.endswith("}loc")}
    assert pages == {address(site) + name.removesuffix("index.md") for name in copies(site)}


def test_make_serve_publishes_after_each_build(site: Path, tmp_path: Path) -> None:
    assert "mkdocs serve --config-file mkdocs-serve.yml" in (ROOT / "Makefile").read_text()
    for name in copies(site):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "data").mkdir()
    config = load_config("mkdocs-serve.yml", site_dir=str(tmp_path))
    [hook] = config.hooks.values()
    hook.on_post_build(config)
    assert copies(tmp_path).keys() == copies(site).keys()


def test_csv_has_every_cell_of_the_json(site: Path) -> None:
    matrix = json.loads((site / "data/capabilities.json").read_text())
    with (site / "data/capabilities.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    cells = {
        (key, name): {**cell, "defect": str(cell["defect"])}
        for key, entry in matrix["capabilities"].items()
        for name, cell in entry["cells"].items()
    }
    found = {(line["capability"], line["server"]): line for line in lines}
    assert len(lines) == len(found)
    assert {key: {name: line[name] for name in cells[key]} for key, line in found.items()} == cells
    for line in lines:
        entry = matrix["capabilities"][line["capability"]]
        assert [line[name] for name in ("title", "group", "test")] == [
            entry[name] for name in ("title", "group", "test")
        ]
        assert line["interface"] == matrix["servers"][line["server"]]["interface"]


def test_each_page_has_a_card_and_says_what_it_is(site: Path) -> None:
    said = []
    for name in copies(site):
        text = (site / name).with_name("index.html").read_text()
        meta = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', text))
        url = address(site) + name.removesuffix("index.md")
        assert meta["og:url"] == url
        assert meta["og:image"] == f"{url}card.png"
        assert meta["twitter:card"] == "summary_large_image"
        assert meta["og:description"] == meta["description"]
        said += [(meta["og:title"], meta["description"])]
        with Image.open((site / name).with_name("card.png")) as card:
            assert (card.format, card.size) == ("PNG", (1200, 630))
            assert len(card.getcolors() or []) > 2, f"{name}: nothing is drawn"
    titles, descriptions = zip(*said, strict=True)
    assert all(titles)
    assert len({*descriptions}) == len(descriptions), "two pages are described alike"
    assert [text for text in descriptions if not 40 <= len(html.unescape(text)) <= 200] == []


@pytest.mark.parametrize("title", ["WSGI", "a rather long title " * 6, "runnable.inmemory.servers"])
def test_title_of_a_card_stays_on_it(title: str) -> None:
    card = draw_card(title, "Site", "Line")
    empty = Image.new("RGB", card.size, card.convert("RGB").getpixel((0, 0)))
    drawn = ImageChops.difference(card.convert("RGB"), empty).getbbox()
    assert drawn
    left, top, right, bottom = drawn
    assert min(left, top, 1200 - right, 630 - bottom) >= 80
