// Pieces of bytes are put together in order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { joined, readAll } from "../../../src/page/shared/bytes.js";

test("joins pieces in order, none into nothing", () => {
  assert.deepEqual(joined([Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)]), Uint8Array.of(1, 2, 3));
  assert.deepEqual(joined([]), new Uint8Array());
});

test("reads a stream to its end and tells of each piece", async () => {
  /** @type {number[]} */
  const sizes = [];
  const stream = new Blob(["hello ", "world"]).stream();
  const whole = await readAll(stream, (piece) => sizes.push(piece.length));
  assert.equal(new TextDecoder().decode(whole), "hello world");
  assert.equal(sizes.reduce((sum, size) => sum + size, 0), 11);
});

test("fails where the stream fails", async () => {
  const stream = new ReadableStream({
    pull(controller) {
      controller.error(new Error("connection lost"));
    },
  });
  await assert.rejects(readAll(stream), /connection lost/);
});
