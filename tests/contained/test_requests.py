"""Hostile requests: each is answered or refused, and the good ones between them are answered."""

from pathlib import Path

import pytest
from helpers.element import find, press
from playwright.sync_api import Page, expect

from runnable.harness.in_page import call_in_page

PROGRAM = Path(__file__).with_name("hostile_requests.js")
SEED = 9
# The share of a server in the 10,000 of the weekly run, and the sample.
ALL, SAMPLE = 2500, 100
SERVERS = {
    "wsgiref": ("wsgi/", "hello/bare_wsgi_app.py"),
    "gunicorn": ("wsgi/", "hello/bare_wsgi_app.py"),
    "uvicorn": ("asgi/", "hello/bare_asgi_app.py"),
    "hypercorn": ("asgi/", "hello/bare_asgi_app.py"),
}


@pytest.mark.parametrize(
    ("server", "count"),
    [
        ("uvicorn", SAMPLE),
        *(pytest.param(server, ALL, marks=pytest.mark.weekly) for server in SERVERS),
    ],
)
def test_requests(page: Page, site_url: str, server: str, count: int) -> None:
    address, src = SERVERS[server]
    page.goto(site_url + address)
    example = find(page, src)
    example.evaluate("(element, server) => (element.server = server)", server)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    ends = call_in_page(example, PROGRAM, "sendHostile", {"seed": SEED, "count": count})
    assert ends["answered"] + ends["refused"] == count
    assert min(ends.values()) > count / 20, "the requests are all alike"
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
