// What the Web Worker posts: in order, at once while it is little, and bounded when it is much.

import assert from "node:assert/strict";
import { beforeEach, describe, mock, test } from "node:test";

import { Outbox } from "../../../src/page/worker/outbox.js";

/** @type {any[]} */
let posted;
/** @type {Outbox} */
let outbox;
let now = 0;

beforeEach(() => {
  posted = [];
  outbox = new Outbox((message) => posted.push(message));
  performance.now = () => now;
});

/** @param {string} text */
const print = (text) => outbox.send({ type: "log", text });
const printed = () => posted.map(({ text }) => text).join("");

describe("a little", () => {
  test("leaves at once, text by text", () => {
    print("one\n");
    print("two\n");
    assert.deepEqual(posted.map(({ text }) => text), ["one\n", "two\n"]);
  });

  test("that waits leaves before any other message", () => {
    for (let n = 0; n < 1000; n++) print(`${n} `);
    outbox.send({ type: "ready" });
    assert.equal(posted.at(-1).type, "ready");
    assert.match(posted.at(-2).text, / 999 $/);
  });
});

describe("much", () => {
  test("is posted together, with no text lost", () => {
    for (let n = 0; n < 10_000; n++) print(`${n}\n`);
    assert.ok(posted.length < 1000);
    now += 1000;
    print("last\n");
    assert.equal(printed(), `${Array.from({ length: 10_000 }, (_, n) => `${n}\n`).join("")}last\n`);
  });

  test("leaves by itself, once the loop turns", () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      for (let n = 0; n < 1000; n++) print("again\n");
      now += 1000;
      mock.timers.tick(1000);
      assert.equal(printed().length, 6000);
    } finally {
      mock.timers.reset();
    }
  });

  test("of one window is cut to its end, and says so", () => {
    for (let n = 0; n < 30_000; n++) print(`line ${n}\n`);
    now += 1000;
    print("last\n");
    assert.ok(printed().length < 500_000);
    assert.match(printed(), /… \d+ characters were printed faster than the page can show them …/);
    assert.ok(printed().endsWith("line 29999\nlast\n"));
  });

  test("in one text is cut as well", () => {
    print("x".repeat(10_000_000));
    assert.ok(printed().length < 500_000);
  });
});

test("the sentence of an error is cut", () => {
  const message = "x".repeat(1_000_000);
  outbox.send({ type: "failed", message });
  outbox.send({ type: "crash", message });
  outbox.send({ type: "event", id: 1, event: { type: "error", message } });
  for (const { message: sentence, event } of posted) assert.ok((sentence ?? event.message).length < 3000);
});
