// The requests and WebSockets of an example's server, put together from what a fake worker sends.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { HEAD, REQUEST, made } from "./fake-worker.js";

/** @import {ClientEvent} from "../../../src/page/shared/messages.js" */
/** @import {Handshake, HttpResponse} from "../../../src/page/shared/types.js" */

// Node has no CloseEvent before version 23.
class MadeCloseEvent extends Event {
  /** @param {string} type @param {CloseEventInit} init */
  constructor(type, init) {
    super(type);
    Object.assign(this, init);
  }
}
if (!("CloseEvent" in globalThis)) Object.assign(globalThis, { CloseEvent: MadeCloseEvent });

/** @type {ClientEvent} */
const END = { type: "end", raw: new Uint8Array([9]) };
/** @param {number[]} bytes @returns {ClientEvent} */
const piece = (...bytes) => ({ type: "data", data: Uint8Array.from(bytes) });
/** @type {Handshake} */
const HANDSHAKE = { path: "/", headers: [], subprotocols: [] };

describe("requests", () => {
  test("are refused where no server runs", () => {
    assert.throws(() => made().server.request(REQUEST), { message: "The server is not running: call run() first." });
  });

  test("have an answer that is put together from its pieces", async () => {
    const { server, ports } = made();
    await server.run();
    /** @type {HttpResponse[]} */
    const responses = [];
    server.on("response", ({ response }) => responses.push(response));
    const exchange = server.request(REQUEST);
    for (const event of [HEAD, piece(1), piece(2, 3), END]) ports[0].receiveEvent(event);
    assert.equal(responses[0], exchange.response);
    const { times, ...response } = responses[0];
    assert.equal(times.length, 2);
    assert.deepEqual(response, {
      startLine: "HTTP/1.1 200 OK",
      status: 200,
      reason: "OK",
      headers: [["a", "b"]],
      body: new Uint8Array([1, 2, 3]),
      chunks: [new Uint8Array([1]), new Uint8Array([2, 3])],
      raw: new Uint8Array([9]),
    });
  });

  test("of a reader start a server where none runs, by the protocol that it speaks", async () => {
    const { server, ports } = made();
    /** @type {number[]} */
    const sent = [];
    server.on("sent", (exchanges) => sent.push(exchanges.length));
    await server.send(REQUEST, 3);
    assert.deepEqual(sent, [3]);
    const requests = () => ports.flatMap(({ posted }) => posted.filter(({ type }) => type === "request"));
    assert.deepEqual(requests().map(({ protocol }) => protocol), ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1"]);
    server.draft.choose("hypercorn");
    await server.run();
    await server.send(REQUEST, 1);
    assert.equal(requests().at(-1).protocol, "HTTP/2");
  });

  test("of a reader end those before them", async () => {
    const { server, ports } = made();
    await server.run();
    /** @type {string[]} */
    const errors = [];
    server.on("sent", ([exchange]) => exchange.on("error", ({ message }) => errors.push(message)));
    await server.send(REQUEST, 1);
    await server.send(REQUEST, 1);
    assert.deepEqual(errors, ["Cancelled."]);
    assert.deepEqual(ports[0].types.slice(3), ["request", "abort", "request"]);
  });

  test("are not sent where the server does not start", async () => {
    const { server, ports } = made({ run: [{ type: "failed", message: "no" }] });
    await server.send(REQUEST, 1);
    assert.ok(!ports[0].types.includes("request"));
  });
});

test("a WebSocket has a browser's events, and the next one closes it", async () => {
  const { server, ports } = made();
  /** @type {unknown[]} */
  const seen = [];
  server.on("connected", ({ connection }) => {
    /** @param {string} type @param {(event: any) => unknown} read */
    const note = (type, read) => connection.addEventListener(type, (event) => seen.push(read(event)));
    note("open", ({ detail }) => detail.subprotocol);
    note("message", ({ data }) => data);
    note("close", ({ code }) => code);
  });
  await server.open(HANDSHAKE, []);
  ports[0].receiveEvent({ type: "open", subprotocol: "chat" });
  ports[0].receiveEvent({ type: "message", data: "hello" });
  await server.open(HANDSHAKE, []);
  assert.deepEqual(ports[0].posted.at(-2), { type: "close", id: 1, code: 1000, reason: "" });
  ports[0].receiveEvent({ type: "closed", code: 1000, reason: "" });
  await server.open(HANDSHAKE, []);
  assert.deepEqual(ports[0].types.slice(-2), ["websocket", "websocket"]);
  assert.deepEqual(seen, ["chat", "hello", 1000]);
});
