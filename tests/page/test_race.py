"""<request-race>: the same requests to several programs at once, on one clock; in Chromium."""

import re
from contextlib import closing

import pytest
from helpers.element import await_interpreters, interpreters
from helpers.paths import ROOT
from helpers.patience import wait_until
from playwright.sync_api import Browser, Locator, Page, expect

from runnable.harness.in_page import call_in_page

AXE = ROOT / "node_modules/axe-core/axe.min.js"
FINDINGS = ROOT / "tests/page/accessibility.js"
# What a device says of itself: a page reads it before it starts anything.
SMALL_DEVICE = "Object.defineProperty(navigator, 'deviceMemory', { value: 2 })"


def find_race(page: Page) -> Locator:
    race = page.locator("request-race").first
    race.scroll_into_view_if_needed()
    expect(race).to_have_attribute("data-state", "idle")
    return race


def start(race: Locator, requests: int) -> None:
    race.get_by_role("spinbutton", name="Requests to each").fill(str(requests))
    race.get_by_role("button", name="Race", exact=True).click()


def expect_state(race: Locator, state: str) -> None:
    expect(race).to_have_attribute("data-state", state)


def rows(race: Locator) -> Locator:
    return race.locator(".race-racers .runnable-waterfall > li")


@pytest.fixture
def race(page: Page, site_url: str) -> Locator:
    page.goto(site_url)
    return find_race(page)


def test_all_get_the_same_requests_and_the_loop_is_first(page: Page, race: Locator) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert interpreters(page) == []
    start(race, 3)
    assert len([url for url in asked if re.search(r"/race-\w+\.js$", url)]) <= 1
    expect_state(race, "over")
    assert len([url for url in asked if re.search(r"/race-\w+\.js$", url)]) == 1
    expect(race.get_by_role("status")).to_contain_text("First: starlette_app.py on Uvicorn, after")
    expect(rows(race)).to_have_count(9)
    results = race.locator("table.race-results")
    expect(results.locator(".race-result")).to_have_count(3)
    for title in ("flask_app.py on wsgiref", "starlette_blocking_app.py on Uvicorn"):
        row = results.get_by_role("row").filter(has=page.get_by_role("rowheader", name=title))
        expect(row.get_by_role("cell").first).to_have_text("3")
    # Beside them stands what a browser cannot do, drawn on the same clock.
    expect(results.get_by_role("row").filter(has_text="10 threads")).to_have_count(2)
    expect(race.locator(".race-recorded .runnable-waterfall > li")).to_have_count(10)
    # In a blocked loop, and on one thread, each waits for those before; at `await` nobody does.
    for index, waits in ((0, True), (1, False), (2, True)):
        last = race.locator(".race-racers > li").nth(index).locator("ol > li").last
        expect(last).to_have_attribute("aria-label", re.compile("Request 3: .*done"))
        running = re.search(r"awaiting", last.get_attribute("aria-label") or "")
        assert bool(running) is not waits
    assert interpreters(page) == []  # they ended with the race


def test_a_second_press_stops_it_and_a_third_starts_it_anew(page: Page, race: Locator) -> None:
    start(race, 50)
    stop = race.get_by_role("button", name="Stop", exact=True)
    expect_state(race, "racing")
    expect(stop).to_be_focused()
    page.keyboard.press("n")  # Material's shortcut of the next page
    page.keyboard.press("Enter")
    expect_state(race, "stopped")
    expect(race.get_by_role("status")).to_have_text("The race was stopped.")
    assert await_interpreters(page, 0) == []
    start(race, 1)
    expect_state(race, "over")
    expect(rows(race)).to_have_count(3)


def test_it_ends_when_it_leaves_the_page(page: Page, race: Locator) -> None:
    start(race, 50)
    expect_state(race, "racing")
    race.evaluate("race => race.remove()")
    assert await_interpreters(page, 0) == []


@pytest.mark.parametrize("requests", ["0", "51", "", "1.5"])
def test_a_wrong_number_is_told_and_starts_nothing(
    page: Page, race: Locator, requests: str
) -> None:
    count = race.get_by_role("spinbutton", name="Requests to each")
    count.fill(requests)
    count.press("Enter")
    expect(count).to_be_focused()
    expect_state(race, "idle")
    assert interpreters(page) == []


@pytest.mark.console_errors("Failed to load resource")
def test_who_does_not_start_says_why(page: Page, race: Locator) -> None:
    archive = re.compile(r"/assets/runtime/starlette-")
    page.context.route(archive, lambda route: route.fulfill(status=503, body="busy"))
    start(race, 1)
    expect_state(race, "over")
    expect(race.get_by_role("status")).to_contain_text("First: flask_app.py on wsgiref")
    told = race.locator(".race-state", has_text="It did not start: ")
    expect(told).to_have_count(2)
    expect(told.first).to_contain_text(re.compile(r"starlette-\S+\.zip could not be fetched"))


def test_a_small_device_is_offered_fewer_workers(page: Page, site_url: str) -> None:
    page.add_init_script(SMALL_DEVICE)
    page.goto(f"{site_url}comparison/")
    race = find_race(page)
    start(race, 2)
    left_out = race.locator(".race-racers > li").filter(has_text="4 workers")
    expect(left_out).to_contain_text("Left out: this device has memory for 3 workers at once.")
    most = 0

    def is_over() -> bool:
        nonlocal most
        most = max(most, len(interpreters(page)))
        page.wait_for_timeout(20)
        return race.get_attribute("data-state") == "over"

    assert wait_until(is_over)
    assert most <= 3
    two = race.locator(".race-racers > li").filter(has_text="2 workers")
    expect(two.get_by_text("Worker 2")).to_be_visible()
    # Shared out in turn, each worker has one of two requests.
    expect(two.locator(".runnable-waterfall > li")).to_have_count(2)
    names = two.locator(".runnable-lane-name")
    expect(names.filter(has_text=re.compile(r"^[12]$"))).to_have_text(["1", "2"])


def test_it_is_accessible_and_fits_a_phone(page: Page, race: Locator) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    start(race, 2)
    expect_state(race, "over")
    rows(race).first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows(race).nth(1)).to_be_focused()
    for summary in race.locator("summary:visible").all():
        summary.click()
    page.evaluate(AXE.read_text("utf-8"))
    assert call_in_page(race, FINDINGS, "findings") == []
    page.emulate_media(color_scheme="dark")
    assert call_in_page(race, FINDINGS, "findings", True) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_it_is_a_list_and_what_was_recorded(
    browser: Browser, site_url: str
) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(site_url)
        race = page.locator("request-race").first
        expect(race.get_by_text("starlette_blocking_app.py on Uvicorn")).to_be_visible()
        expect(race.get_by_role("row").filter(has_text="10 threads")).to_have_count(2)
        expect(race.get_by_role("button", name="Race")).to_be_hidden()
