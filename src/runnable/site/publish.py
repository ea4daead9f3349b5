"""Adds to the built site what other programs read: `python -m runnable.site.publish`.

Each page as Markdown, `index.md` beside its `index.html`; `llms.txt`, which lists them
(https://llmstxt.org/); `robots.txt`, which names the sitemap; `data/capabilities.csv`; each page's
social card, and its Content-Security-Policy (policy.py). It runs after the build, and is no part of
it, so that the site can move to another generator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.meta import get_data

from runnable.site.plain_blocks import capabilities_as_csv
from runnable.site.plain_markdown import address_of, plain_markdown
from runnable.site.policy import add_policy
from runnable.site.social_card import draw_card

CARD_LINE = "Every claim runs in the page, and is proved by a test."


@dataclass(frozen=True)
class Page:
    """A page of the navigation."""

    section: str  # the navigation's; "" for a page of its own
    path: str  # below `docs/`
    title: str
    description: str
    text: str


def publish(config: MkDocsConfig, *, live_reload: bool = False) -> None:
    """Write the files into the built site.

    Args:
        config: What the site was built by; it has the site's address.
        live_reload: Whether MkDocs' own server serves the site.
    """
    site, url = Path(config["site_dir"]), config["site_url"]
    pages = [
        _read(Path(config["docs_dir"]), section, path)
        for section, path in _navigation(config["nav"])
    ]
    for page in pages:
        text = plain_markdown(page.text, page.path, url, config["repo_url"])
        folder = site / address_of(page.path)
        (folder / "index.md").write_text(text, "utf-8")
        draw_card(page.title, config["site_name"], CARD_LINE).save(folder / "card.png")
    head = f"# {config['site_name']}\n\n> {config['site_description']}\n"
    (site / "llms.txt").write_text(head + "".join(_listed(pages, url)), "utf-8")
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n"
    (site / "robots.txt").write_text(robots, "utf-8")
    add_policy(site, live_reload=live_reload)
    (site / "data/capabilities.csv").write_text(capabilities_as_csv(), "utf-8", newline="")


def _navigation(entries: list[Any], section: str = "") -> Iterator[tuple[str, str]]:
    """Give the path of each page in the navigation, with its section."""
    for entry in entries:
        title, target = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(target, list):
            yield from _navigation(target, title)
        else:
            yield section, target


def _read(folder: Path, section: str, path: str) -> Page:
    text, front = get_data((folder / path).read_text("utf-8"))
    return Page(section, path, front["title"], front["description"], text.strip())


def _listed(pages: list[Page], url: str) -> Iterator[str]:
    """Write the lines of `llms.txt`: a list of each section's pages."""
    for section in dict.fromkeys(page.section for page in pages):
        yield f"\n## {section or 'Pages'}\n\n"
        for page in pages:
            if page.section == section:
                link = f"{url}{address_of(page.path)}index.md"
                yield f"- [{page.title}]({link}): {page.description}\n"


if __name__ == "__main__":
    publish(load_config("mkdocs.yml"))
