// A start is made for the browser to keep where there is room, once, and by a Web Worker that ends with it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { keepStart } from "../../../src/page/server/keep-start.js";
import { FakePort, made, MODULE } from "./fake-worker.js";

const START = { runtime: "http://localhost/runtime/", fetched: [], packages: ["flask"], source: "import flask", server: "wsgiref" };
/** @param {number} quota */
const room = (quota) =>
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { storage: { estimate: async () => ({ quota, usage: 0 }) } } });

/** @param {Record<string, object[]>} answers @param {any} module */
async function kept(answers, module = MODULE) {
  /** @type {FakePort[]} */
  const ports = [];
  const done = await keepStart(() => (ports.push(new FakePort(answers)), ports[0]), module, START);
  return { done, ports };
}

test("it is made by a Web Worker of its own, which ends with it", async () => {
  room(1e12);
  const { done, ports } = await kept({ keep: [{ type: "log", text: "" }, { type: "kept" }] });
  assert.equal(done, true);
  assert.deepEqual(ports[0].posted, [{ type: "keep", ...START }]);
  assert.equal(ports[0].terminated, true);
});

test("a Web Worker that crashes, and a module that does not come, leave nothing behind", async () => {
  room(1e12);
  const crashed = await kept({ keep: [{ type: "crash", message: "" }] });
  const without = await kept({}, { compiled: Promise.reject(new Error("offline")) });
  for (const { done, ports } of [crashed, without]) assert.deepEqual([done, ports[0].terminated], [false, true]);
});

for (const [what, quota] of Object.entries({ "little room": 1e8, "no word of it": NaN }))
  test(`none is made with ${what}`, async () => {
    room(quota);
    const { done, ports } = await kept({ keep: [{ type: "kept" }] });
    assert.deepEqual([done, ports], [false, []]);
  });

for (const known of [true, false])
  test(`one that is ${known ? "" : "not "}kept is ${known ? "not " : ""}made`, async () => {
    room(1e12);
    const { server, ports } = made({ boot: [{ type: "booted", kept: known }], ping: [{ type: "pong" }], keep: [{ type: "kept" }] });
    server.prepare();
    await server.preparation.keep();
    await server.preparation.keep();
    const asked = ports.slice(1).flatMap(({ posted }) => posted);
    assert.deepEqual(asked.map(({ type, packages, source }) => [type, packages, source]), known ? [] : [["keep", ["starlette"], "published"]]);
  });
