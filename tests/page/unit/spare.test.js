// The interpreter in reserve: one a page, and none where memory or data is scarce.

import assert from "node:assert/strict";
import { test } from "node:test";

import { made } from "./fake-worker.js";

/** @param {object} navigator */
const device = (navigator) => Object.defineProperty(globalThis, "navigator", { configurable: true, value: navigator });
/** @param {import("./fake-worker.js").FakePort[]} ports @param {number} count */
const until = async (ports, count) => {
  while (ports.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
};

test("is made once a server runs, in place of another server's", async () => {
  device({ deviceMemory: 8 });
  const first = made();
  await first.server.run();
  await until(first.ports, 2);
  const second = made();
  await second.server.run();
  await until(second.ports, 2);
  assert.deepEqual(first.ports.map(({ terminated }) => terminated), [false, true]);
  assert.deepEqual(second.ports.map(({ terminated }) => terminated), [false, false]);
});

for (const [what, navigator] of Object.entries({ "little memory": { deviceMemory: 2 }, "Save-Data": { connection: { saveData: true } } }))
  test(`is not made with ${what}`, async () => {
    device(navigator);
    const scarce = made();
    await scarce.server.run();
    device({});
    const other = made();
    await other.server.run();
    await until(other.ports, 2);
    assert.equal(scarce.ports.length, 1);
  });

test("is not made for an example that has left the page", async () => {
  device({});
  const gone = made();
  await gone.server.run();
  gone.server.end("The example has left the page.");
  const other = made();
  await other.server.run();
  await until(other.ports, 2);
  assert.equal(gone.ports.length, 1);
});
