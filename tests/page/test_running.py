"""Run and Stop, and what the runtime costs; in Chromium."""

import re
from pathlib import Path

import pytest
from helpers.element import ENDLESS, HELLO, expect_state, find, press, set_source, status
from playwright.sync_api import Browser, Locator, Page, expect

from runnable.harness.in_page import call_in_page

IN_PAGE = Path(__file__).with_name("in_page.js")

HANGS = HELLO.replace(
    "        raise NotImplementedError",
    """        while True:
            kind = (await receive())["type"]
            if kind == "lifespan.shutdown":
                while True: pass
            await send({"type": f"{kind}.complete"})""",
)


def log(example: Locator) -> str:
    """What was logged and printed."""
    text = example.evaluate("element => element.log")
    assert isinstance(text, str)
    return text


# Run and Stop


def test_one_press_shows_an_answer(example: Locator) -> None:
    press(example, "Run")
    expect(example.locator(".runnable-head")).to_contain_text("HTTP/1.1 200 OK")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    expect(example.locator(".runnable-summary").first).to_contain_text("GET / → 200 OK")
    expect(example.get_by_role("status").first).to_have_text("Uvicorn is running, in your browser")
    example.get_by_role("tab", name="Log").click()
    expect(example.get_by_role("log")).to_contain_text("Uvicorn running on")


def test_stop_then_run_again(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    press(example, "Stop")
    expect_state(example, "stopped")
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")


@pytest.mark.parametrize("pressed", ["once", "twice"])
def test_stop_ends_an_endless_loop(example: Locator, pressed: str) -> None:
    set_source(example, ENDLESS)
    press(example, "Run")
    expect_state(example, "starting")
    if pressed == "twice":
        call_in_page(example, IN_PAGE, "askToStop")
        expect_state(example, "stopping")
    press(example, "Stop")
    expect_state(example, "stopped")
    assert "did not give control back" in log(example)
    set_source(example, HELLO)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")


def test_a_shutdown_that_hangs_is_told_and_ended(example: Locator) -> None:
    set_source(example, HANGS)
    press(example, "Run")
    expect_state(example, "ready")
    call_in_page(example, IN_PAGE, "askToStop")
    expect(example.get_by_text("Uvicorn has not stopped yet")).to_be_visible()
    expect(status(example)).to_have_text("Stopping Uvicorn …")
    press(example, "Stop")
    expect_state(example, "stopped")
    expect(example.get_by_text("Uvicorn has not stopped yet")).to_be_hidden()
    assert "its shutdown, or a request, takes long" in log(example)


def test_a_shutdown_is_logged_whole(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    call_in_page(example, IN_PAGE, "stopWithPatience")
    assert "Finished server process" in log(example)
    assert "was ended" not in log(example)


def test_stop_ends_a_request_that_never_ends(example: Locator) -> None:
    set_source(example, HELLO.replace("    await", "    while True: pass\n    await", 1))
    example.evaluate("element => element.run()")
    outcome = call_in_page(example, IN_PAGE, "stopMeanwhile")
    assert outcome == "The server was stopped."


def test_stop_while_loading(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "loading")
    press(example, "Stop")
    expect_state(example, "stopped")
    press(example, "Run")
    expect_state(example, "ready")


def test_double_click_runs(example: Locator) -> None:
    example.get_by_role("button", name="Run", exact=True).dblclick()
    expect_state(example, "ready")


def test_run_twice_is_one_run(example: Locator) -> None:
    example.evaluate("element => Promise.all([element.run(), element.run()])")
    assert example.evaluate("element => element.log.match(/running on/g).length") == 1


def test_request_before_run_is_refused(example: Locator) -> None:
    message = example.evaluate('element => element.request({path: "/"}).catch(e => e.message)')
    assert message == "The server is not running: call run() first."


# What the runtime costs


def test_no_byte_of_the_runtime_before_interest(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_url}asgi/", wait_until="networkidle")
    late = ("/assets/runtime/", "/assets/page/editor-", "/assets/page/worker-")
    assert not [url for url in asked if any(part in url for part in late)]
    example = find(page, "hello/bare_asgi_app.py")
    example.get_by_role("button", name="Run", exact=True).hover()
    with page.context.expect_event("request", lambda request: "/assets/runtime/" in request.url):
        pass
    expect_state(example, "idle")


def test_progress_counts_to_the_end(example: Locator) -> None:
    seen = call_in_page(example, IN_PAGE, "progressOfRun")
    loaded, total, text = seen[-1]
    assert loaded == total > 5_000_000
    assert re.fullmatch(r"Python runtime: (\d+\.\d MB) of \1", text)
    assert [value for value, _, _ in seen] == sorted(value for value, _, _ in seen)


@pytest.mark.parametrize("file", ["pyodide.asm.wasm", "pyodide.asm.mjs", "stdlib_common", "h11"])
def test_failed_download_names_the_file_and_can_be_retried(
    browser: Browser, site_url: str, file: str
) -> None:
    context = browser.new_context()  # its own: Chromium reports the failure as a console error
    try:
        page = context.new_page()
        pattern = re.compile(rf"/assets/runtime/.*{re.escape(file)}")
        context.route(pattern, lambda route: route.fulfill(status=503, body="busy"))
        page.goto(f"{site_url}asgi/")
        example = find(page, "hello/bare_asgi_app.py")
        press(example, "Run")
        expect_state(example, "failed")
        status = example.get_by_role("status").first
        expect(status).to_contain_text(file)
        expect(status).to_contain_text("503")
        context.unroute(pattern)
        press(example, "Run")
        expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    finally:
        context.close()


def test_broken_connection_is_told(browser: Browser, site_url: str) -> None:
    context = browser.new_context()
    try:
        page = context.new_page()
        context.route(re.compile(r"/assets/runtime/stdlib_common"), lambda route: route.abort())
        page.goto(f"{site_url}asgi/")
        example = find(page, "hello/bare_asgi_app.py")
        press(example, "Run")
        expect_state(example, "failed")
        expect(example.get_by_role("status").first).to_contain_text("could not be fetched")
    finally:
        context.close()
