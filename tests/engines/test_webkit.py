"""The site in WebKit: run, answer, edit, stop, stream, WebSocket, second visit, keyboard."""

import time
from collections.abc import Callable, Iterator

import pytest
from helpers.element import ENDLESS, HELLO
from helpers.engines import SLEEPERS, SLEPT
from helpers.missing import missing
from helpers.patience import PATIENCE
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from runnable.harness.webkit import launch_webkit, missing_for_webkit

pytestmark = pytest.mark.weekly


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebKitGTK]:
    if lacking := missing_for_webkit():
        missing(f"missing for WebKit: {', '.join(lacking)}")
    with launch_webkit() as driver:
        yield driver


class Example:
    """An example of a page, as a reader of it meets it."""

    def __init__(self, driver: WebKitGTK, src: str) -> None:
        self._driver = driver
        self.element = driver.find_element(By.CSS_SELECTOR, f'runnable-example[src="{src}"]')

    def press(self, name: str) -> None:
        buttons = self.element.find_elements(By.TAG_NAME, "button")
        button = next(it for it in buttons if it.is_displayed() and it.text == name)
        self._driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()

    def edit(self, source: str) -> None:
        self._driver.execute_script("arguments[0].source = arguments[1]", self.element, source)

    @property
    def state(self) -> str | None:
        return self.element.get_attribute("data-state")

    def find_all(self, selector: str) -> list[WebElement]:
        return self.element.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        return " ".join(it.text for it in self.find_all(selector))


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "it has not happened"
        time.sleep(0.1)


@pytest.fixture
def example(webkit: WebKitGTK, address: str) -> Example:
    webkit.get(f"{address}asgi/")
    return Example(webkit, "hello/bare_asgi_app.py")


def test_run_answer_and_second_visit(webkit: WebKitGTK, address: str, example: Example) -> None:
    example.press("Run")
    wait_for(lambda: "Hello, world!" in example.text(".runnable-body"))
    webkit.get(f"{address}wsgi/")
    webkit.get(f"{address}asgi/")
    again = Example(webkit, "hello/bare_asgi_app.py")
    again.press("Run")
    wait_for(lambda: "Hello, world!" in again.text(".runnable-body"))
    assert again.state == "ready"


def test_edit_stop_and_run_again(example: Example) -> None:
    example.edit(ENDLESS)
    example.press("Run")
    wait_for(lambda: example.state == "starting")
    example.press("Stop")
    wait_for(lambda: example.state == "stopped")
    example.edit(HELLO)
    example.press("Run")
    wait_for(lambda: "edited hello" in example.text(".runnable-body"))
    example.press("Stop")
    wait_for(lambda: example.state == "stopped")


def test_sleep_blocks(example: Example) -> None:
    example.edit(SLEEPERS)
    example.press("Run")
    wait_for(lambda: SLEPT in example.text(".runnable-body"))


def test_stream(webkit: WebKitGTK, address: str) -> None:
    webkit.get(f"{address}asgi/")
    example = Example(webkit, "streaming/bare_asgi_app.py")
    example.press("Run")
    wait_for(lambda: "in 4 pieces" in example.text(".runnable-summary"))
    assert len(example.find_all(".runnable-piece")) == 4


def test_websocket_by_keyboard(webkit: WebKitGTK, address: str) -> None:
    webkit.get(f"{address}asgi/")
    example = Example(webkit, "websocket/bare_asgi_app.py")
    example.press("Run")
    wait_for(lambda: "hello" in example.text(".runnable-frame--received"))
    field = example.element.find_element(By.XPATH, ".//label[contains(., 'Message')]//input")
    field.clear()
    field.send_keys("by hand", Keys.ENTER)
    wait_for(lambda: "by hand" in example.text(".runnable-frame--received"))
    field.send_keys(Keys.ESCAPE)
    example.press("Close")
    wait_for(lambda: "Closed by you, with 1000" in example.element.text)
