"""Every example answers alike on a socket, in memory, and in the page: as its contract says."""

import functools
from dataclasses import replace
from pathlib import Path

import pytest
from drivers import Transcript, in_memory, on_socket
from page_driver import in_page
from playwright.sync_api import Page

from runnable.examples import Example, find_examples

ROOT = Path(__file__).parent.parent
EXAMPLES = {example.name: example for example in find_examples(ROOT / "examples")}


@functools.cache
def transcript_on_socket(name: str, server: str) -> Transcript:
    return on_socket(EXAMPLES[name], server)


def page_of(example: Example) -> str:
    """The page that embeds an example, below the site's address."""
    for file in sorted((ROOT / "docs").rglob("*.md")):
        if f'src="{example.name}"' in file.read_text():
            page = file.relative_to(ROOT / "docs").with_suffix("")
            return f"{page}/".removesuffix("index/")
    raise AssertionError(f"no page embeds {example.name}")


@pytest.mark.parametrize("name", EXAMPLES)
def test_on_a_socket(name: str) -> None:
    assert transcript_on_socket(name, EXAMPLES[name].server).complaints == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_in_memory(name: str) -> None:
    transcript = in_memory(EXAMPLES[name])
    assert transcript.complaints == []
    assert transcript == replace(transcript_on_socket(name, EXAMPLES[name].server), complaints=[])


@pytest.mark.parametrize("name", EXAMPLES)
def test_in_the_page(page: Page, site_url: str, name: str) -> None:
    page.goto(site_url + page_of(EXAMPLES[name]))
    transcript = in_page(page, EXAMPLES[name])
    assert transcript.complaints == []
    assert transcript == replace(transcript_on_socket(name, EXAMPLES[name].server), complaints=[])
