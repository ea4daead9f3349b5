"""The third way to put an example to its contract: in a page of the built site, in Chromium."""

from typing import Any

from playwright.sync_api import Page

from helpers.drivers import Transcript
from runnable.catalogue.examples import Example, Request
from runnable.catalogue.examples import WebSocketExchange as Exchange

RUN_IN_PAGE = """([src, server]) => {
  const example = document.querySelector(`runnable-example[src="${src}"]`);
  example.server = server;
  return example.run();
}"""
SEND_IN_PAGE = """async ([src, request, count]) => {
  const example = document.querySelector(`runnable-example[src="${src}"]`);
  const body = request.body === null ? null : new Uint8Array(request.body);
  const sent = performance.now() / 1000;
  const one = async () => {
    const told = [[sent, { type: "sent" }]];
    try {
      const { status, headers, chunks, times, raw } = await example.request({ ...request, body });
      told.push([sent, { type: "head", status, headers }]);
      for (const [n, data] of chunks.entries()) {
        told.push([sent + times[n] / 1000, { type: "data", data: [...data] }]);
      }
      told.push([performance.now() / 1000, { type: "end", raw: [...raw] }]);
    } catch (error) {
      told.push([performance.now() / 1000, { type: "error", message: error.message }]);
    }
    return told;
  };
  return Promise.all(Array.from({ length: count }, one));
}"""
SPEAK_IN_PAGE = """async ([src, exchange, abort]) => {
  const example = document.querySelector(`runnable-example[src="${src}"]`);
  const told = [];
  let news = () => {};
  const tell = (message) => { told.push(message); news(); };
  const heard = async (count) => {
    while (told.length < count) await new Promise((resolve) => (news = resolve));
  };
  const socket = example.connect({ path: exchange.path, subprotocols: exchange.subprotocols });
  socket.addEventListener("open", ({ detail }) => tell({ type: "open", ...detail }));
  socket.addEventListener("message", ({ data }) => tell({ type: "message", data }));
  socket.addEventListener("close", ({ code }) => tell({ type: "closed", code }));
  socket.addEventListener("error", ({ detail }) => tell({ type: "error", ...detail }));
  await heard(1);
  if (abort) socket.abort();
  for (const [action, value] of abort ? [] : exchange.steps) {
    if (action === "send") { socket.send(value); continue; }
    if (action === "close") socket.close(value);
    await heard(told.length + 1);
  }
  return told;
}"""
LOG_IN_PAGE = """([src]) => document.querySelector(`runnable-example[src="${src}"]`).log"""
STOP_IN_PAGE = """async (src) => {
  const example = document.querySelector(`runnable-example[src="${src}"]`);
  await example.stop();
  return example.log;
}"""


def in_page(page: Page, example: Example, server: str | None = None) -> Transcript:
    """The same server's code in the page that is open, which holds the example."""
    transcript = Transcript()
    src = example.name

    def call(script: str, *arguments: Any) -> Any:
        return page.evaluate(script, [src, *arguments])

    call(RUN_IN_PAGE, server or example.server)
    contract = example.contract
    if contract.requests:
        call(SEND_IN_PAGE, _as_json(contract.requests[0]), 1)
    else:
        call(SPEAK_IN_PAGE, _exchange_as_json(contract.websockets[0]), True)
    transcript.await_probe(example, lambda: call(LOG_IN_PAGE))
    for request in contract.requests:
        told = call(SEND_IN_PAGE, _as_json(request), request.count)
        transcript.add_answers(example, request, told, threads=False)
        transcript.await_log(request, lambda: call(LOG_IN_PAGE))
    for exchange in contract.websockets:
        events = call(SPEAK_IN_PAGE, _exchange_as_json(exchange), False)
        transcript.add_websocket(exchange, events)
    transcript.add_log(example, server, page.evaluate(STOP_IN_PAGE, src))
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
