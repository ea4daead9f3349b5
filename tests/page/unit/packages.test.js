// What a run has to fetch: its packages with what they need, without what is here; and Python, at first.

import assert from "node:assert/strict";
import { test } from "node:test";

const MORE = 10_000_000;
const PYTHON = 100_000_000;
Object.assign(globalThis, {
  PYTHON_MODULE: { path: "core-1/pyodide.asm.wasm" },
  WEIGHTS: {
    python: PYTHON,
    more: { size: MORE, for: ["django"] },
    packages: {
      runnable: { size: 1, depends: ["h11"] },
      h11: { size: 10, depends: [] },
      uvicorn: { size: 100, depends: ["h11", "click"] },
      click: { size: 1000, depends: [] },
      hypercorn: { size: 10_000, depends: ["h11", "h2"] },
      h2: { size: 100_000, depends: ["h11"] },
      django: { size: 1_000_000, depends: [] },
    },
  },
});
/** @type {Map<string, string>} */
const kept = new Map();
Object.defineProperty(globalThis, "localStorage", {
  value: { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: kept.set.bind(kept) },
});
let copies = 0;
/** As a page has it that was just opened. @returns {Promise<typeof import("../../../src/page/server/packages.js")>} */
const opened = () => import(`../../../src/page/server/packages.js?${copies++}`);

test("packages are counted with what they need", async () => {
  const { bytesToFetch } = await opened();
  assert.equal(bytesToFetch(["uvicorn"], []), 1100);
  assert.equal(bytesToFetch(["hypercorn"], ["uvicorn"]), 110_000);
  assert.equal(bytesToFetch(["uvicorn"], ["uvicorn"]), 0);
  assert.equal(bytesToFetch(["django"], []), 1_000_000 + MORE);
  assert.equal(bytesToFetch(["django"], ["django"]), 0);
});

test("a first run fetches Python, and a later one what is missing, on later visits too", async () => {
  const first = await opened();
  assert.equal(first.bytesOfRun(["uvicorn"]), PYTHON + 1111);
  let told = 0;
  first.watchFetched(() => told++, new AbortController().signal);
  first.noteFetched(["uvicorn"]);
  assert.equal(told, 1);
  assert.equal(first.bytesOfRun(["uvicorn"]), 0);
  assert.deepEqual(first.fetchedNames(), ["uvicorn"]);

  const second = await opened();
  assert.deepEqual(second.fetchedNames(), [], "the browser may have forgotten it");
  assert.equal(second.bytesOfRun(["uvicorn", "hypercorn"]), 110_000);
  second.noteFetched(["hypercorn"]);
  assert.equal(second.bytesOfRun(["uvicorn", "hypercorn"]), 0);
});

for (const text of ["null", "[", '{"version":"core-1/pyodide.asm.wasm","names":3}', '{"version":"core-0/pyodide.asm.wasm","names":["django"]}'])
  test(`what is kept is of this version, or nothing: ${text}`, async () => {
    for (const key of kept.keys()) kept.set(key, text);
    const { bytesOfRun } = await opened();
    assert.equal(bytesOfRun(["django"]), PYTHON + 11 + 1_000_000 + MORE);
  });
