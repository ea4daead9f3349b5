"""What a reader meets in <runnable-example>: buttons, fields, messages, keys; in Chromium."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Worker, expect

ENDLESS = "while True: pass\n"
HELLO = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"edited hello"})
"""
JSON_IN_PIECES = HELLO.replace(
    '"headers": []', '"headers": [(b"content-type", b"application/json")]'
).replace('b"edited hello"', r"""b'{"a":1.0,"b":[]}'""")


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """An interpreter's start takes seconds on a busy machine."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


def find(page: Page, src: str) -> Locator:
    """The example of a page that shows this file."""
    return page.locator(f'runnable-example[src="{src}"]')


def press(example: Locator, name: str) -> None:
    """Press the example's button with this name."""
    example.get_by_role("button", name=name, exact=True).click()


def expect_state(example: Locator, state: str) -> None:
    """Wait until the example is in a state."""
    expect(example).to_have_attribute("data-state", state)


@pytest.fixture
def example(page: Page, site_url: str) -> Locator:
    """The bare ASGI example: the one that starts soonest."""
    page.goto(f"{site_url}asgi/")
    return find(page, "hello/bare_asgi_app.py")


def set_source(example: Locator, source: str) -> None:
    """Edit as a reader does who pastes a whole program."""
    example.evaluate("(element, source) => { element.source = source; }", source)


def interpreters(page: Page) -> list[Worker]:
    """The page's Web Workers that are ours: Material's search has one too."""
    return [worker for worker in page.workers if worker.url.endswith("/javascripts/worker.js")]


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


def test_stop_ends_an_endless_loop_at_once(example: Locator) -> None:
    set_source(example, ENDLESS)
    press(example, "Run")
    expect_state(example, "starting")
    press(example, "Stop")
    expect(example).to_have_attribute("data-state", "stopped", timeout=1000)
    set_source(example, HELLO)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")


def test_stop_ends_a_request_that_never_ends(example: Locator) -> None:
    set_source(example, HELLO.replace("    await", "    while True: pass\n    await", 1))
    example.evaluate("element => element.run()")
    outcome = example.evaluate(
        """async element => {
            const answer = element.request({path: "/"}).catch(error => error.message);
            setTimeout(() => element.stop(), 300);
            return answer;
        }"""
    )
    assert outcome == "The server was stopped."


def test_stop_while_loading(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "loading")
    press(example, "Stop")
    expect(example).to_have_attribute("data-state", "stopped", timeout=1000)
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
    assert not [url for url in asked if "/assets/runtime/" in url or "editor.js" in url]
    example = find(page, "hello/bare_asgi_app.py")
    example.get_by_role("button", name="Run", exact=True).hover()
    with page.context.expect_event("request", lambda request: "/assets/runtime/" in request.url):
        pass
    expect_state(example, "idle")


def test_progress_counts_to_the_end(example: Locator) -> None:
    seen = example.evaluate(
        """async element => {
            const bar = element.querySelector("progress"), seen = [];
            const note = () => seen.push([bar.value, bar.max, bar.parentElement.textContent]);
            new MutationObserver(note).observe(bar.parentElement, {childList: true, subtree: true});
            await element.run();
            return seen;
        }"""
    )
    loaded, total, text = seen[-1]
    assert loaded == total > 5_000_000
    assert re.fullmatch(r"Python runtime: (\d+\.\d) of \1 MB", text)
    assert [value for value, _, _ in seen] == sorted(value for value, _, _ in seen)


@pytest.mark.parametrize(
    "file", ["lock.json", "pyodide.asm.wasm", "pyodide.asm.mjs", "stdlib", "h11"]
)
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
        context.route(re.compile(r"/assets/runtime/stdlib"), lambda route: route.abort())
        page.goto(f"{site_url}asgi/")
        example = find(page, "hello/bare_asgi_app.py")
        press(example, "Run")
        expect_state(example, "failed")
        expect(example.get_by_role("status").first).to_contain_text("could not be fetched")
    finally:
        context.close()


# Editing


def test_edit_runs_in_the_same_interpreter_and_survives_a_reload(
    page: Page, example: Locator
) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    press(example, "Edit")
    editor = example.get_by_role("textbox", name="Source of hello/bare_asgi_app.py")
    expect(editor).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(HELLO)
    expect(example.get_by_text("edited", exact=True)).to_be_visible()
    expect(example.get_by_role("button", name="Run again")).to_be_visible()
    before = interpreters(page)
    page.keyboard.press("Control+Enter")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")
    assert interpreters(page) == before
    assert len(before) == 1

    page.reload()
    expect(example.get_by_text("edited", exact=True)).to_be_visible()
    expect(editor).to_contain_text("edited hello")
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")


def test_reset_and_undo(page: Page, example: Locator) -> None:
    published = example.evaluate("element => element.source")
    set_source(example, HELLO)
    press(example, "Reset")
    assert example.evaluate("element => element.source") == published
    expect(example.locator(".highlight")).to_be_visible()
    press(example, "Undo reset")
    assert example.evaluate("element => element.source") == HELLO
    press(example, "Reset")
    page.reload()
    assert example.evaluate("element => element.source") == published


def test_edit_of_an_earlier_version_is_not_applied_silently(page: Page, example: Locator) -> None:
    published = example.evaluate("element => element.source")
    set_source(example, HELLO)
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find(key => key.startsWith("runnable-example "));
            const edit = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({...edit, original: "another hash"}));
        }"""
    )
    page.reload()
    expect(example.get_by_text("You edited an earlier version")).to_be_visible()
    assert example.evaluate("element => element.source") == published
    press(example, "Use my edit")
    assert example.evaluate("element => element.source") == HELLO


def test_escape_then_tab_leaves_the_editor(page: Page, example: Locator) -> None:
    press(example, "Edit")
    expect(example.get_by_role("textbox", name="Source of")).to_be_focused()
    page.keyboard.press("Tab")
    expect(example.get_by_role("textbox", name="Source of")).to_be_focused()
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(example.get_by_role("button", name="Run", exact=True)).to_be_focused()


# Bad input


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def app(:\n", "SyntaxError"),
        ("import nothing_of_this_name\n", "nothing_of_this_name"),
        ("app = 3\n", "not callable"),
        ("x = 1\n", "app"),
    ],
)
def test_bad_program_is_told_and_the_next_run_works(
    example: Locator, source: str, message: str
) -> None:
    set_source(example, source)
    press(example, "Run")
    expect_state(example, "failed")
    expect(example.get_by_role("status").first).to_contain_text(message)
    expect(example.get_by_role("log")).to_be_visible()
    set_source(example, HELLO)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("edited hello")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "starts with a slash"),
        ("hello", "starts with a slash: /hello"),
        ("/%zz", "%zz is no escape"),
        ("/#top", "never sent to a server"),
    ],
)
def test_bad_path_is_told_at_the_field(example: Locator, path: str, message: str) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    field = example.get_by_role("textbox", name="Path")
    field.fill(path)
    press(example, "Send")
    expect(example.get_by_role("alert")).to_contain_text(message)
    expect(field).to_be_focused()
    field.fill("/")
    press(example, "Send")
    expect(example.locator(".runnable-head")).to_contain_text("200 OK")


def test_path_with_spaces_and_unicode_is_encoded(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    example.get_by_role("textbox", name="Path").fill("/grüße an alle")
    press(example, "Send")
    expect(example.locator(".runnable-summary").first).to_contain_text(
        "GET /gr%C3%BC%C3%9Fe%20an%20alle → "
    )


def test_bad_header_is_told_at_the_field(example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    example.get_by_text("Headers and body").click()
    field = example.get_by_role("textbox", name="Headers")
    field.fill("Accept text/plain")
    press(example, "Send")
    expect(example.get_by_role("alert")).to_contain_text("“Accept text/plain” is not a header")
    expect(field).to_be_focused()


@pytest.mark.console_errors("has no readable data")
def test_broken_data_leaves_a_code_block(page: Page, example: Locator) -> None:
    with page.expect_console_message(lambda message: "has no readable data" in message.text):
        page.evaluate(
            """() => {
                const broken = document.createElement("runnable-example");
                broken.innerHTML = "<pre>x</pre><script type='application/json'>{</script>";
                document.querySelector("article").append(broken);
            }"""
        )
    broken = page.locator("runnable-example").last
    assert broken.evaluate("element => element.innerText.trim()") == "x"
    expect(broken.get_by_role("button", name="Run")).to_have_count(0)


# What is shown


def test_json_is_indented_and_not_changed(example: Locator) -> None:
    set_source(example, JSON_IN_PIECES)
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_have_text('{\n  "a": 1.0,\n  "b": []\n}')


def test_pieces_are_shown_as_they_arrive(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "streaming/bare_asgi_app.py")
    press(example, "Run")
    pieces = example.locator(".runnable-piece")
    expect(pieces.first).to_be_visible()
    assert pieces.count() < 4
    expect(pieces).to_have_count(4)
    expect(example.locator(".runnable-summary").first).to_contain_text("in 4 pieces")


def test_many_at_once_have_a_line_each(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "blocking/starlette_app.py")
    press(example, "Run")
    expect(example.locator(".runnable-batch li")).to_have_count(10)
    expect(example.locator(".runnable-summary").first).to_contain_text("10 answers in")
    expect(example.locator(".runnable-batch li").last).to_contain_text("200 OK")


def test_websocket_by_hand(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    example = find(page, "websocket/bare_asgi_app.py")
    press(example, "Run")
    received = example.locator(".runnable-frame--received")
    expect(received.first).to_contain_text("hello")
    example.get_by_role("textbox", name="Message").fill("by hand")
    example.get_by_role("textbox", name="Message").press("Enter")
    expect(received.last).to_contain_text("by hand")
    press(example, "Close")
    expect(example.get_by_text("Closed with 1000")).to_be_visible()


def test_endless_answer_can_be_cancelled(example: Locator) -> None:
    endless = HELLO.replace(
        '    await send({"type": "http.response.body", "body": b"edited hello"})\n',
        "    import asyncio\n"
        "    while True:\n"
        '        await send({"type": "http.response.body", "body": b"x", "more_body": True})\n'
        "        await asyncio.sleep(0.05)\n",
    )
    set_source(example, endless)
    press(example, "Run")
    expect(example.locator(".runnable-piece").first).to_be_visible()
    press(example, "Cancel")
    expect(example.get_by_text("Cancelled.")).to_be_visible()
    expect_state(example, "ready")


# The page around it


def test_two_on_a_page_run_side_by_side(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}asgi/")
    first = find(page, "hello/bare_asgi_app.py")
    second = find(page, "streaming/bare_asgi_app.py")
    press(first, "Run")
    press(second, "Run")
    expect(first.locator(".runnable-body")).to_contain_text("Hello, world!")
    expect(second.locator(".runnable-piece")).to_have_count(4)
    press(first, "Stop")
    expect_state(first, "stopped")
    expect_state(second, "ready")


def test_instant_navigation_upgrades_and_cleans_up(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "ready")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="WSGI", exact=True).first.click()
    other = find(page, "hello/bare_wsgi_app.py")
    expect_state(other, "idle")
    assert page.evaluate("window.sameDocument"), "the page was reloaded: instant navigation is off"
    assert not interpreters(page)
    press(other, "Run")
    expect(other.locator(".runnable-body")).to_contain_text("Hello, world!")


def test_reload_in_the_middle_of_loading(page: Page, example: Locator) -> None:
    press(example, "Run")
    expect_state(example, "loading")
    page.reload()
    expect_state(example, "idle")
    press(example, "Run")
    expect_state(example, "ready")


def test_keyboard_alone(page: Page, example: Locator) -> None:
    example.get_by_role("button", name="Run", exact=True).focus()
    page.keyboard.press("Enter")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    expect(example.get_by_role("button", name="Stop")).to_be_focused()
    example.get_by_role("textbox", name="Path").focus()
    page.keyboard.press("Enter")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    example.get_by_role("tab", name="Response").focus()
    page.keyboard.press("ArrowRight")
    expect(example.get_by_role("tab", name="Log")).to_be_focused()
    expect(example.get_by_role("log")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(example.get_by_role("tab", name="Response")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_never_scrolls_sideways(page: Page, example: Locator, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    press(example, "Edit")
    expect(example.get_by_role("textbox", name="Source of")).to_be_focused()
    example.get_by_text("Headers and body").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert example.evaluate("element => element.scrollWidth <= element.clientWidth + 1")


def test_no_style_attribute_of_ours(example: Locator) -> None:
    press(example, "Run")
    expect(example.locator(".runnable-body")).to_contain_text("Hello, world!")
    assert example.locator("[style]").count() == 0
