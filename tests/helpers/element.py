"""How the tests find a <runnable-example> and press its buttons."""

import time

from playwright.sync_api import Locator, Page, Worker, expect

from helpers.patience import PATIENCE

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


def find(page: Page, src: str) -> Locator:
    """The example of a page that shows this file, near the view: there it has its buttons."""
    example = page.locator(f'runnable-example[src="{src}"]')
    example.evaluate("example => example.scrollIntoView({ behavior: 'instant' })")
    return example


def press(example: Locator, name: str) -> None:
    """Press the example's button with this name."""
    example.get_by_role("button", name=name, exact=True).click()


def expect_state(example: Locator, state: str) -> None:
    """Wait until the example is in a state."""
    expect(example).to_have_attribute("data-state", state)


def set_source(example: Locator, source: str) -> None:
    """Edit as a reader does who pastes a whole program."""
    example.evaluate("(element, source) => (element.source = source)", source)


def interpreters(page: Page) -> list[Worker]:
    """The page's Web Workers that are ours: Material's search has one too."""
    return [worker for worker in page.workers if worker.url.startswith("blob:")]


def await_interpreters(page: Page, count: int) -> list[Worker]:
    """Wait until there are so many."""
    deadline = time.monotonic() + PATIENCE
    while len(found := interpreters(page)) != count:
        assert time.monotonic() < deadline, f"{len(found)} interpreters, not {count}"
        page.wait_for_timeout(50)
    return found


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
