"""The choice of a server, and what it takes to fetch; in Chromium."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from element import HELLO, expect_state, find, interpreters, press, set_source
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

ARCHIVES = re.compile(r"/assets/runtime/(\w+)-[^/]+\.zip$")
HYPERCORN = re.compile(r"/assets/runtime/hypercorn-")
FOR_HYPERCORN = {"hypercorn", "h2", "hpack", "hyperframe", "priority"}
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('runnable-'))"


def choose(example: Locator, title: str) -> None:
    """Choose a server as a reader does who sees its title."""
    server = example.get_by_role("combobox", name="Server")
    server.select_option(label=server.get_by_text(title).text_content())


def expect_answer_of(example: Locator, title: str) -> None:
    """Wait for an answer, and see who gave it."""
    expect(example.locator(".runnable-summary").first).to_contain_text(f"bytes · {title}")
    expect(example.locator(".runnable-head")).to_contain_text(f"server: {title.lower()}")


def status(example: Locator) -> Locator:
    """What the toolbar says of the server."""
    return example.get_by_role("status").first


@pytest.fixture
def archives(page: Page) -> list[str]:
    """The names of the packages that were asked for, growing."""
    asked: list[str] = []

    def note(request: Any) -> None:
        if found := ARCHIVES.search(request.url):
            asked.append(found[1])

    page.context.on("request", note)
    return asked


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One in which a download may fail: Chromium reports that as a console error."""
    context = browser.new_context()
    context.set_default_timeout(60_000)
    yield context
    context.close()


# Choosing


def test_the_chosen_server_answers(example: Locator) -> None:
    expect(example.get_by_role("combobox", name="Server")).to_have_value("uvicorn")
    choose(example, "Hypercorn")
    expect(status(example)).to_have_text("Hypercorn, in your browser")
    expect(example.get_by_text("On your machine: python -m hypercorn --bind")).to_be_visible()
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")
    expect(status(example)).to_have_text("Hypercorn is running, in your browser")
    example.get_by_role("tab", name="Log").click()
    expect(example.get_by_role("log")).to_contain_text(
        re.compile(r"\$ python -m hypercorn --bind .* bare_asgi_app:app\n.*Running on", re.DOTALL)
    )
    assert "$ python" not in example.evaluate("element => element.log")


def test_no_choice_where_there_is_one_server(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}aiohttp/")
    example = find(page, "hello/aiohttp_app.py")
    expect_state(example, "idle")
    expect(example.get_by_role("combobox", name="Server")).to_have_count(0)


def test_the_next_run_takes_it_and_nothing_before(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    before = interpreters(page)
    choose(example, "Hypercorn")
    expect(status(example)).to_have_text("Uvicorn is running; Run again starts Hypercorn")
    press(example, "Send")
    expect_answer_of(example, "Uvicorn")
    press(example, "Run again")
    expect(example.get_by_role("button", name="Stop")).to_be_focused()
    expect_answer_of(example, "Hypercorn")
    expect(example.get_by_role("button", name="Run again")).to_have_count(0)
    choose(example, "Uvicorn")
    example.get_by_role("button", name="Run again").dblclick()
    expect_answer_of(example, "Uvicorn")
    assert interpreters(page) == before
    assert len(before) == 1


def test_by_keyboard(page: Page, example: Locator, archives: list[str]) -> None:
    example.get_by_role("button", name="Run", exact=True).focus()
    page.keyboard.press("Tab")
    expect(example.get_by_role("combobox", name="Server")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(status(example)).to_have_text("Hypercorn, in your browser")
    page.keyboard.press("Shift+Tab")
    assert "hypercorn" not in archives
    page.keyboard.press("Enter")
    expect_answer_of(example, "Hypercorn")


def test_it_survives_a_reload_and_a_reset(page: Page, example: Locator) -> None:
    choose(example, "Hypercorn")
    set_source(example, HELLO)
    press(example, "Reset")
    page.reload()
    server = example.get_by_role("combobox", name="Server")
    expect(server).to_have_value("hypercorn")
    expect(example.get_by_text("On your machine: python -m hypercorn")).to_be_visible()
    choose(example, "Uvicorn")
    expect(example.get_by_text("On your machine:")).to_be_hidden()
    page.reload()
    expect(server).to_have_value("uvicorn")
    assert page.evaluate(KEPT) == []


def test_a_kept_choice_that_is_no_longer_offered_is_passed_over(
    page: Page, example: Locator
) -> None:
    choose(example, "Hypercorn")
    page.evaluate(f"for (const key of {KEPT}) localStorage.setItem(key, 'gone')")
    page.reload()
    expect(example.get_by_role("combobox", name="Server")).to_have_value("uvicorn")


def test_unknown_server_is_refused(example: Locator) -> None:
    message = example.evaluate("e => { try { e.server = 'nginx' } catch (x) { return String(x) } }")
    assert message == (
        "RangeError: No server named nginx runs hello/bare_asgi_app.py in the page;"
        " known: uvicorn, hypercorn"
    )
    assert example.evaluate("element => element.server") == "uvicorn"


def test_the_last_of_two_runs_counts(example: Locator) -> None:
    told = example.evaluate(
        """async element => {
            element.server = "hypercorn";
            const first = element.run().catch(error => error.message);
            element.server = "uvicorn";
            await element.run();
            const { headers } = await element.request({ path: "/" });
            return [await first, new Map(headers).get("server")];
        }"""
    )
    assert told == ["The start was stopped.", "uvicorn"]


def test_a_late_answer_is_not_shown_under_the_next_name(example: Locator) -> None:
    slow = HELLO.replace("    await", "    import asyncio; await asyncio.sleep(3)\n    await", 1)
    set_source(example, slow)
    press(example, "Run")
    expect(example.get_by_role("button", name="Cancel")).to_be_visible()
    set_source(example, HELLO)
    choose(example, "Hypercorn")
    press(example, "Run again")
    summary = example.locator(".runnable-summary").first
    expect(summary).to_have_text(re.compile("bytes · Hypercorn$"))


@pytest.mark.parametrize("name", ["django_asgi", "sanic"])
def test_a_framework_that_starts_once_a_process_changes_servers(
    page: Page, site_url: str, name: str
) -> None:
    page.goto(f"{site_url}frameworks/{name.partition('_')[0]}/")
    servers = find(page, f"notes/{name}_app.py").evaluate(
        """async element => {
            const seen = [];
            for (const server of ["uvicorn", "hypercorn", "uvicorn"]) {
                element.server = server;
                await element.run();
                const { status, headers } = await element.request({ path: "/" });
                seen.push([status, new Map(headers).get("server")]);
            }
            return seen;
        }"""
    )
    assert servers == [[200, "uvicorn"], [200, "hypercorn-h11"], [200, "uvicorn"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_room_for_it(page: Page, example: Locator, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    choose(example, "Hypercorn")
    expect(status(example)).to_contain_text("Run again starts Hypercorn")
    expect(example.get_by_text("Run fetches")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert example.evaluate("element => element.scrollWidth <= element.clientWidth + 1")


# What it takes to fetch


def test_the_size_is_shown_before_anything_is_fetched(
    page: Page, site: Path, site_url: str, archives: list[str]
) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_url}asgi/", wait_until="networkidle")
    example = find(page, "hello/bare_asgi_app.py")
    choose(example, "Hypercorn")
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if "/assets/runtime/" in url and "lock.json" not in url]
    asked.clear()
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if "/assets/runtime/" in url]

    # Started ahead, but for what the chosen server adds; stdlib is the last that is asked for.
    with page.context.expect_event("request", lambda request: "/stdlib-" in request.url):
        example.get_by_role("button", name="Run", exact=True).hover()
    assert "uvicorn" in archives
    assert not FOR_HYPERCORN & {*archives}
    option = example.locator("option", has_text="Hypercorn")
    expect(option).to_have_text(re.compile(r"^Hypercorn \(\+[\d.]+ kB\)$"))
    shown = re.search(r"[\d.]+ kB", option.text_content() or "")
    assert shown
    expect(example.get_by_text(f"Run fetches {shown[0]} more for it.")).to_be_visible()
    expect(example.locator("option", has_text="Uvicorn")).to_have_text("Uvicorn")
    assert not FOR_HYPERCORN & {*archives}

    before = len(archives)
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")
    assert sorted(archives[before:]) == sorted(FOR_HYPERCORN)
    packages = json.loads((site / "assets/runtime/lock.json").read_text())["packages"]
    assert shown[0] == f"{sum(packages[name]['size'] for name in FOR_HYPERCORN) / 1000:.1f} kB"
    expect(option).to_have_text("Hypercorn")  # nothing more to fetch
    expect(example.get_by_text("Run fetches")).to_have_count(0)


def test_the_second_download_shows_its_progress_and_can_be_stopped(
    page: Page, example: Locator
) -> None:
    held: list[Route] = []
    page.route(HYPERCORN, lambda route: held.append(route))
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    choose(example, "Hypercorn")
    press(example, "Run again")
    expect(status(example)).to_have_text("Loading Hypercorn …")
    expect(example.get_by_text(re.compile(r"^Hypercorn: [\d.]+ kB of [\d.]+ kB$"))).to_be_visible()
    press(example, "Stop")
    expect(example).to_have_attribute("data-state", "stopped", timeout=3000)
    page.unroute(HYPERCORN)
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")


def test_a_failed_download_can_be_tried_again(context: BrowserContext, site_url: str) -> None:
    page = context.new_page()
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    press(example, "Run")
    expect_answer_of(example, "Uvicorn")
    context.route(HYPERCORN, lambda route: route.fulfill(status=503, body="busy"))
    choose(example, "Hypercorn")
    press(example, "Run again")
    expect_state(example, "failed")
    expect(status(example)).to_have_text(
        re.compile(r"^hypercorn-\S+\.zip could not be fetched: HTTP status 503$")
    )
    expect(example.get_by_text("Run fetches")).to_be_visible()
    context.unroute(HYPERCORN)
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")


def test_a_choice_can_be_made_while_no_size_is_known(
    context: BrowserContext, site_url: str
) -> None:
    page = context.new_page()
    lock = re.compile(r"lock\.json")
    context.route(lock, lambda route: route.fulfill(status=503, body="busy"))
    page.goto(f"{site_url}asgi/")
    example = find(page, "hello/bare_asgi_app.py")
    choose(example, "Hypercorn")
    press(example, "Run")
    expect(status(example)).to_have_text("lock.json could not be fetched: HTTP status 503")
    context.unroute(lock)
    press(example, "Run")
    expect_answer_of(example, "Hypercorn")
