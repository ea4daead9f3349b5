"""The page of what each server can do, in Chromium: one chooses what to compare, and shares it."""

import json
import re

import pytest
from helpers.paths import ROOT
from helpers.patience import wait_until
from playwright.sync_api import Browser, Locator, Page, expect

MATRIX = json.loads((ROOT / "docs/data/capabilities.json").read_text("utf-8"))
SERVERS = MATRIX["servers"]
CELLS = {
    (key, server): cell["value"]
    for key, capability in MATRIX["capabilities"].items()
    for server, cell in capability["cells"].items()
}
PATH = "servers/capabilities/"
PHONE = {"width": 390, "height": 844}
# What is in sight: the first column's links, and the words of the servers, by their anchors.
SHOWN = """selector => [...document.querySelectorAll(selector)]
    .filter(link => link.checkVisibility()).map(link => [link.hash.slice(1), link.textContent])"""


def shown(page: Page) -> list[str]:
    """The capabilities in sight."""
    return [key for key, _ in page.evaluate(SHOWN, ".capabilities th > a")]


def words(page: Page) -> dict[str, str]:
    """The words in sight, by their anchors."""
    return dict(page.evaluate(SHOWN, ".capabilities td > a"))


def words_of(servers: list[str]) -> dict[str, str]:
    return {f"{key}-{name}": value for (key, name), value in CELLS.items() if name in servers}


def differing(*servers: str) -> list[str]:
    return [
        key
        for key in MATRIX["capabilities"]
        if len({CELLS[key, name] for name in servers if (key, name) in CELLS}) > 1
    ]


def ready(page: Page, address: str) -> Locator:
    """Open the page, and wait until its script has filled in the form."""
    page.goto(address)
    form = page.locator("form.capabilities-choice")
    expect(form.get_by_role("status")).to_contain_text("capabilities")
    return form


@pytest.mark.parametrize("path", [PATH, "servers/gunicorn/"])
def test_nothing_scrolls_sideways_on_a_phone(page: Page, site_url: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    if path == PATH:
        ready(page, f"{site_url}{path}?servers={'+'.join(SERVERS)}")
    else:
        page.goto(site_url + path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for table in page.locator(".capabilities").all():
        assert table.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_word_leads_to_what_was_seen(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}servers/waitress/")
    link = page.get_by_role("row", name="Finishes at SIGTERM").get_by_role("link", name="no")
    link.scroll_into_view_if_needed()
    # A reader looks first: Material notes where a scroll ended a little later, for the way back,
    # and takes a page that was opened in between for one that was come back to.
    # Not by wait_for_function: the page's policy lets it evaluate no text.
    assert wait_until(lambda: page.evaluate("scrollY === 0 || history.state?.y === scrollY"))
    link.click()
    seen = page.locator("li:has(#finishes-at-sigterm-waitress)")
    expect(seen).to_be_in_viewport(ratio=1)
    assert page.url.endswith("#finishes-at-sigterm-waitress")
    assert seen.inner_text().startswith("no: waitress")


def test_all_is_there_on_a_wide_screen_and_a_choice_on_a_phone(page: Page, site_url: str) -> None:
    ready(page, site_url + PATH)
    assert words(page) == words_of([*SERVERS])
    assert shown(page) == [*MATRIX["capabilities"]]
    page.set_viewport_size(PHONE)
    form = ready(page, site_url + PATH)
    few = (form.get_attribute("data-on-a-phone") or "").split()
    assert 1 < len(few) < len(SERVERS)
    assert words(page) == words_of(few)


def test_choice_is_kept_in_the_address(page: Page, site_url: str) -> None:
    form = ready(page, site_url + PATH)
    form.get_by_role("button", name="None").click()
    assert not shown(page)
    for name in ("gunicorn", "uvicorn"):
        form.get_by_role("checkbox", name=name, exact=True).check()
    assert words(page) == words_of(["gunicorn", "uvicorn"])
    form.get_by_role("checkbox", name="Only where they differ").check()
    expected = differing("gunicorn", "uvicorn")
    assert expected
    assert shown(page) == expected
    form.get_by_role("searchbox", name="Find").fill("keep ALIVE")
    assert shown(page) == ["keep-alive"]
    expect(form.get_by_role("status")).to_have_text(
        re.compile(r"^1 of \d+ capabilities, 2 servers")
    )
    query = "?servers=gunicorn+uvicorn&find=keep+ALIVE&differs=yes"
    assert page.url == site_url + PATH + query
    form = ready(page, page.url)
    assert shown(page) == ["keep-alive"]
    form.get_by_role("searchbox", name="Find").fill("")
    assert shown(page) == expected
    form.get_by_role("checkbox", name="Only where they differ").uncheck()
    form.get_by_role("button", name="All servers").click()
    assert page.url == site_url + PATH
    assert words(page) == words_of([*SERVERS])


def test_link_to_a_cell_opens_it_whatever_was_chosen(page: Page, site_url: str) -> None:
    ready(page, f"{site_url}{PATH}?servers=gunicorn&find=http/3#lifespan-daphne")
    seen = page.locator("li:has(#lifespan-daphne)")
    expect(seen).to_be_in_viewport(ratio=1)
    assert "lifespan" in shown(page)
    # One more, in a group that the reader has closed.
    group = page.locator("#http-3 + details")
    summary = group.locator("> summary")
    expect(summary).to_contain_text("capabilities")
    summary.press("Enter")
    expect(page.locator("#http3")).to_be_hidden()
    page.evaluate("location.hash = 'http3-gunicorn'")
    expect(page.locator("#http3-gunicorn")).to_be_in_viewport()


def test_without_javascript_all_is_there(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site_url + PATH)
    assert words(page) == words_of([*SERVERS])
    expect(page.locator("form.capabilities-choice")).to_be_hidden()
    row = page.locator("tbody:has(#keep-alive-daphne)")
    row.get_by_text("What was asked, and what was seen").click()
    expect(row.locator("#keep-alive-daphne")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_page(page: Page, site_url: str, scheme: str) -> None:
    """Their colours have the contrast that WCAG 2.2, 1.4.3 asks for: 4.5 to 1."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site_url}servers/capabilities/")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for value in ("yes", "partly", "no"):
        word = page.locator(f".capabilities a.capability-{value}").first
        colour = word.evaluate("element => getComputedStyle(element).color")
        low, high = sorted((luminance(background), luminance(colour)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{value} is {colour} on {background}"


def luminance(colour: str) -> float:
    """The relative luminance of WCAG, of rgb(…)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
