"""The third way to put an example to its contract: in a page of the built site, in Chromium."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from helpers.drivers import Transcript
from helpers.patience import PATIENCE
from runnable.catalogue.examples import Example, Request
from runnable.catalogue.examples import WebSocketExchange as Exchange
from runnable.harness.in_page import call_in_page

DRIVER = Path(__file__).with_suffix(".js")


def in_page(page: Page, example: Example, server: str | None = None) -> Transcript:
    """The same server's code in the page that is open, which holds the example."""
    transcript = Transcript()
    element = page.locator(f'runnable-example[src="{example.name}"]')

    def call(function: str, argument: Any = None) -> Any:
        return call_in_page(element, DRIVER, function, argument)

    earlier = element.evaluate("element => element.log.length")  # by the runs before

    def read_log() -> str:
        log: str = element.evaluate("(element, earlier) => element.log.slice(earlier)", earlier)
        return log

    call("run", server or example.server)
    contract = example.contract
    if contract.requests:
        call("send", {"request": _as_json(contract.requests[0]), "count": 1})
    else:
        conversation = _exchange_as_json(contract.websockets[0])
        call("speak", {"exchange": conversation, "abort": True})
    transcript.await_probe(example, read_log)
    for request in contract.requests:
        answers = call("send", {"request": _as_json(request), "count": request.count})
        transcript.add_answers(example, request, answers, threads=False)
        transcript.await_log(request, read_log)
    for exchange in contract.websockets:
        events = call("speak", {"exchange": _exchange_as_json(exchange), "abort": False})
        transcript.add_websocket(exchange, events)
    call("stop", 1000 * PATIENCE)
    transcript.add_log(example, server, read_log())
    return transcript


def _as_json(request: Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "path": request.path,
        "headers": [list(pair) for pair in request.headers],
        "body": None if request.body is None else list(request.body),
        "leaveAfter": request.leave_after,
    }


def _exchange_as_json(exchange: Exchange) -> dict[str, Any]:
    return {
        "path": exchange.path,
        "subprotocols": list(exchange.subprotocols),
        "steps": [[step.action, step.value] for step in exchange.steps],
    }
