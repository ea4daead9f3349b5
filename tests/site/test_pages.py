"""The pages: their Python runs, their links hold, their examples are the files, all are named."""

import html.parser
import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from helpers.catalogue import simplest
from helpers.paths import ROOT
from pytest_examples import CodeExample, EvalExample, find_examples

from runnable.catalogue.examples import load_example
from runnable.catalogue.servers import load_servers

EXAMPLES = sorted(path.relative_to(ROOT / "examples") for path in ROOT.glob("examples/*/*_app.py"))
# Fences with an include line show a file; the example's own tests cover that.
FENCES = [
    fence
    for fence in find_examples(ROOT / "docs", ROOT / "src")
    if fence.prefix.split()[0] in {"py", "python"} and "--8<--" not in fence.source
]
SERVERS = load_servers(ROOT / "examples/servers.toml")
NAMED = [
    *("Flask", "Django", "Bottle", "Pyramid"),
    *("FastAPI", "Starlette", "Quart", "Sanic", "aiohttp"),
    *("Gunicorn", "uWSGI", "mod_wsgi", "Uvicorn", "Daphne", "Hypercorn"),
]
# What a page fetches, by tag: the attribute that names it.
FETCHED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "embed": "src", "object": "data", "link": "href",
}  # fmt: skip
# A <link> of these is no request.
NOT_FETCHED = {"canonical", "alternate", "next", "prev", "edit", "license"}


@dataclass
class Page(html.parser.HTMLParser):
    """What the tests want to know of a page."""

    text: str
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    canonical: str = ""
    blocks: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    _example: str = ""
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in pairs}
        self.ids |= {attributes[name] for name in ("id", "name") if name in attributes}
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        relations = set(attributes.get("rel", "").split())
        if tag == "link" and "canonical" in relations:
            self.canonical = attributes["href"]
        if attributes.get(FETCHED.get(tag, "")) and not relations & NOT_FETCHED:
            self.fetched.append(attributes[FETCHED[tag]])
        if tag == "runnable-example":
            self._example = attributes["src"]
        if self._example and tag in ("code", "script"):
            self._inside = tag
            store = self.blocks if tag == "code" else self.data
            store.setdefault(self._example, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "runnable-example":
            self._example = ""
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            store = self.blocks if self._inside == "code" else self.data
            store[self._example] += data


@cache
def read_page(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def pages(site: Path) -> dict[str, Page]:
    """Every page, by its path below the site's address."""
    return {str(path.relative_to(site)): read_page(path) for path in sorted(site.rglob("*.html"))}


@pytest.mark.parametrize("fence", FENCES, ids=str)
def test_fence_is_clean_and_prints_what_it_says(
    fence: CodeExample, eval_example: EvalExample
) -> None:
    eval_example.set_config(
        line_length=80, quotes="double", target_version="py310", ruff_ignore=["D"]
    )
    eval_example.lint(fence)
    eval_example.run_print_check(fence)


def test_there_are_fences_to_run() -> None:
    assert len(FENCES) >= 3


def test_internal_links_and_anchors_hold(site: Path) -> None:
    base = read_page(site / "index.html").canonical
    assert urlsplit(base).path.endswith("/"), "the site's address comes from `site_url`"
    broken = []
    for name, page in pages(site).items():
        here = urljoin(base, name.removesuffix("index.html"))
        for reference in page.links + page.fetched:
            target = urlsplit(urljoin(here, reference))
            if target.scheme not in ("http", "https") or target.netloc != urlsplit(base).netloc:
                continue
            if not target.path.startswith(urlsplit(base).path):
                broken.append(f"{name}: {reference} leaves the sub-path")
                continue
            file = site / unquote(target.path.removeprefix(urlsplit(base).path))
            if file.is_dir():
                file /= "index.html"
            anchor = unquote(target.fragment) if file.suffix == ".html" else ""
            if not file.is_file():
                broken.append(f"{name}: {reference} is not there")
            elif anchor and anchor not in read_page(file).ids:
                broken.append(f"{name}: {reference} has no such anchor")
    assert not broken, "\n".join(broken)


def test_pages_fetch_from_no_other_host(site: Path) -> None:
    base = urlsplit(read_page(site / "index.html").canonical)
    foreign = [
        f"{name}: {reference}"
        for name, page in pages(site).items()
        for reference in page.fetched
        if urlsplit(urljoin(base.geturl(), reference)).netloc != base.netloc
    ]
    for sheet in site.rglob("*.css"):
        text = sheet.read_text("utf-8")
        found = re.findall(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""", text)
        foreign += [f"{sheet.relative_to(site)}: {reference}" for reference in found]
    assert not foreign, "\n".join(foreign)


def test_rendered_block_and_its_data_equal_the_file(site: Path) -> None:
    for name, page in pages(site).items():
        assert page.blocks.keys() == page.data.keys(), name
        for src, shown in page.blocks.items():
            source = (ROOT / "examples" / src).read_text("utf-8")
            assert shown.strip("\n") == source.strip("\n"), f"{name}: {src}"
            assert json.loads(page.data[src])["source"] == source, f"{name}: {src}"


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example_is_on_a_page(example: Path, site: Path) -> None:
    if load_example(ROOT / "examples" / example).threads:  # shown as text, with the reason
        texts = [path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")]
        assert any(f'src="{example.as_posix()}"' in text for text in texts)
    else:
        assert any(example.as_posix() in page.blocks for page in pages(site).values())


@pytest.mark.parametrize("name", NAMED)
def test_framework_or_server_has_a_line_with_a_link(name: str) -> None:
    rows = [
        line
        for page in ("wsgi.md", "asgi.md")
        for line in (ROOT / "docs" / page).read_text("utf-8").splitlines()
        if re.match(rf"\| \[{re.escape(name)}\]", line)
    ]
    assert rows, f"{name} is in no table of frameworks or servers"


def test_table_of_the_servers_links_to_the_page_of_each() -> None:
    page = (ROOT / "docs/servers/index.md").read_text("utf-8")
    linked = re.findall(r"^\| \[.+?\]\((.+?)\.md\)", page, re.MULTILINE)
    pages = {os.path.relpath(server.page, "servers") for server in SERVERS.values()}
    assert sorted(linked) == sorted(pages)


@pytest.mark.parametrize("server", SERVERS)
def test_page_names_the_options_for_newer_versions_of_http(server: str) -> None:
    features = SERVERS[server].features
    typed = [features[name].options for name in ("http2", "h2c", "http3") if name in features]
    page = (ROOT / f"docs/{SERVERS[server].page}.md").read_text()
    for option in (part for options in typed for part in options if part.startswith("--")):
        named = re.search(rf"{option}(?![\w-])", page)
        assert named, f"servers.toml has {option}, the page of {server} has not"


@pytest.mark.parametrize("server", SERVERS)
def test_page_shows_the_commands_that_the_tests_start(server: str) -> None:
    spec = SERVERS[server]
    page = ROOT / f"docs/{spec.page}.md"
    lines = [line.strip() for line in page.read_text("utf-8").splitlines()]
    for command in (*spec.install, spec.command_line(simplest(spec))):
        assert command in lines, f"{page.name} lacks a line of servers.toml: {command}"


def test_links_of_all_pages_are_used() -> None:
    defined = re.findall(
        r"^\[(.+?)\]:", (ROOT / "docs/includes/links.md").read_text("utf-8"), re.MULTILINE
    )
    pages = [path for path in ROOT.glob("docs/**/*.md") if path.parent.name != "includes"]
    quoted = ROOT.glob("docs/data/recorded/*.txt")
    text = re.sub(r"\s+", " ", "\n".join(path.read_text("utf-8") for path in [*pages, *quoted]))
    unused = [
        label
        for label in defined
        if f"[{label}]" not in text and f"[[spec: {label}]]".lower() not in text.lower()
    ]
    assert not unused


def test_each_mistake_has_tabs_of_its_own() -> None:
    """Material switches all tabs of one name together: a reader would lose the place."""
    names = re.findall(
        r'^=== "(.+)"$', (ROOT / "docs/mistakes.md").read_text("utf-8"), re.MULTILINE
    )
    assert [name.partition(":")[0] for name in names] == ["Wrong", "Right"] * (len(names) // 2)
    assert len(names) == len(set(names)) > 0


def test_page_for_a_missing_address_helps(site: Path) -> None:
    page = read_page(site / "404.html")
    base = urlsplit(read_page(site / "index.html").canonical).path
    for target in ("wsgi/", "asgi/", "comparison/", "aiohttp/"):
        assert base + target in page.links, "links of 404.html must not depend on the address"


def test_edit_links_lead_to_the_pages_source(site: Path) -> None:
    for name, page in pages(site).items():
        edits = [link for link in page.links if "/edit/" in link]
        # What is in assets/ is the frame in which an application's page is shown.
        assert name == "404.html" or name.startswith("assets/") or edits, name
        for link in edits:
            assert (ROOT / link.split("/edit/")[1].split("/", 1)[1]).is_file(), link


def test_screenshot_is_where_the_readme_shows_it() -> None:
    shown = re.search(r"!\[.*?\]\((.+?)\)", (ROOT / "README.md").read_text("utf-8"))
    assert shown is not None
    assert os.path.getsize(ROOT / shown[1]) > 0
