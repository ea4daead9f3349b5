// A server with a fake Web Worker, which keeps what is posted, and answers as a worker does, or as a test says.

import { ExampleServer } from "../../../src/page/server/example-server.js";

/** @import {Port} from "../../../src/page/server/port.js" */
/** @import {ClientEvent} from "../../../src/page/shared/messages.js" */
/** @import {HttpRequest, ToWorker} from "../../../src/page/shared/types.js" */

Object.assign(globalThis, { PYTHON_MODULE: { path: "core-1/pyodide.asm.wasm" } });

const SERVERS = [
  { name: "uvicorn", title: "Uvicorn", summary: "", packages: [], install: [], command: "uvicorn", http2: false },
  { name: "hypercorn", title: "Hypercorn", summary: "", packages: ["hypercorn"], install: [], command: "hypercorn", http2: true },
];
/** @type {HttpRequest} */
export const REQUEST = { method: "GET", path: "/", headers: [], body: null, protocol: "HTTP/2", leaveAfter: 0 };
/** @type {ClientEvent} */
export const HEAD = { type: "head", startLine: "HTTP/1.1 200 OK", status: 200, reason: "OK", headers: [["a", "b"]] };

/** Python's: the smallest module that there is. @type {any} */
export const MODULE = { loaded: 1, total: 1, compiled: Promise.resolve(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))) };

/** What a worker whose programs all start answers to each message. @type {Record<string, object[]>} */
const ANSWERS = {
  boot: [{ type: "booted", kept: true }],
  load: [{ type: "loaded" }],
  run: [{ type: "ready" }],
  stop: [{ type: "stopping" }, { type: "stopped" }],
};

/** @implements {Port} */
export class FakePort {
  /** @type {any[]} */
  posted = [];
  terminated = false;
  /** @type {Port["onmessage"]} */
  onmessage = null;
  /** @type {Port["onerror"]} */
  onerror = null;

  /** @param {Record<string, object[]>} answers in place of the usual ones */
  constructor(answers = {}) {
    this.answers = { ...ANSWERS, ...answers };
  }

  /** @param {ToWorker} message */
  postMessage(message) {
    if (message.type !== "module") this.posted.push(structuredClone(message));
    for (const answer of this.answers[message.type] ?? []) queueMicrotask(() => this.receive(answer));
  }

  terminate() {
    this.terminated = true;
  }

  /** The worker's message reaches the page. @param {unknown} data */
  receive(data) {
    this.onmessage?.(new MessageEvent("message", { data }));
  }

  /** The client of the page's last request or WebSocket receives an event. @param {ClientEvent} event */
  receiveEvent(event) {
    const { id } = this.posted.findLast(({ type }) => type === "request" || type === "websocket");
    this.receive({ type: "event", id, event });
  }

  get types() {
    return this.posted.map(({ type }) => type);
  }
}

/**
 * An example's server, the ports that it opened, and the states that it was in.
 *
 * @param {Record<string, object[]>} answers the worker's
 * @param {any} module Python's
 */
export function made(answers = {}, module = MODULE) {
  /** @type {FakePort[]} */
  const ports = [];
  /** @type {string[]} */
  const states = [];
  const data = {
    source: "published",
    module: "app",
    app: "app",
    packages: ["starlette"],
    servers: SERVERS,
    requests: [],
    websockets: [],
  };
  const server = new ExampleServer("hello/app.py", data, () => {
    const port = new FakePort(answers);
    ports.push(port);
    return port;
  }, module);
  server.on("statechange", ({ state, message }) => states.push(message ? `${state}: ${message}` : state));
  return { server, ports, states };
}
