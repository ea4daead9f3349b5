// Edits and choices outlive a reload; a storage that refuses costs nothing else.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loadEdit, loadServers, saveEdit, saveServer } from "../../../src/page/server/storage.js";

/** @type {Map<string, string>} */
let kept;
const storage = {
  getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  removeItem: (/** @type {string} */ key) => void kept.delete(key),
};

/** @param {object} localStorage */
const provide = (localStorage) =>
  Object.defineProperty(globalThis, "localStorage", { value: localStorage, configurable: true });

beforeEach(() => {
  kept = new Map();
  provide(storage);
});

test("an edit is kept with a mark of what it was an edit of", () => {
  assert.equal(saveEdit("a.py", "published", "edited"), true);
  assert.deepEqual(loadEdit("a.py", "published"), { source: "edited", outdated: false });
  assert.deepEqual(loadEdit("a.py", "published anew"), { source: "edited", outdated: true });
  assert.equal(loadEdit("b.py", "published"), null);
});

test("the published source is not an edit", () => {
  saveEdit("a.py", "published", "edited");
  saveEdit("a.py", "published", "published");
  assert.equal(kept.size, 0);
});

test("the servers chosen are kept, the last one first", () => {
  for (const name of ["hypercorn", "waitress", "hypercorn"]) saveServer(name);
  assert.deepEqual(loadServers(), ["hypercorn", "waitress"]);
});

test("nothing is loaded that is not ours", () => {
  saveEdit("a.py", "published", "edited");
  for (const key of kept.keys()) kept.set(key, '{"source": 1}');
  assert.equal(loadEdit("a.py", "published"), null);
  for (const key of kept.keys()) kept.set(key, "not JSON");
  assert.equal(loadEdit("a.py", "published"), null);
});

test("a storage that refuses is passed over", () => {
  const refuse = () => {
    throw new Error("QuotaExceededError");
  };
  provide({ getItem: refuse, setItem: refuse, removeItem: refuse });
  assert.equal(saveEdit("a.py", "published", "edited"), false);
  saveServer("hypercorn");
  assert.equal(loadEdit("a.py", "published"), null);
  assert.deepEqual(loadServers(), []);
});
