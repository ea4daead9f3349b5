// A part of the library that comes while Python waits is the lock's, or is refused.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

/** What the host answers, the next first: a text, a status, or no network. @type {(string | number | null)[]} */
let answers = [];
/** @type {string[]} */
let asked = [];
class FakeRequest {
  status = 200;
  response = new ArrayBuffer(0);
  #asked = "";
  open(/** @type {string} */ method, /** @type {string} */ url, /** @type {boolean} */ later) {
    this.#asked = `${method} ${url} ${later}`;
  }
  setRequestHeader(/** @type {string} */ name, /** @type {string} */ value) {
    this.#asked += ` ${name}: ${value}`;
  }
  send() {
    asked.push(this.#asked);
    const answer = answers.shift() ?? null;
    if (answer === null) throw new Error("NetworkError");
    if (typeof answer === "number") this.status = answer;
    else this.response = new TextEncoder().encode(answer).buffer;
  }
}
Object.assign(globalThis, { self: globalThis, XMLHttpRequest: FakeRequest });
const { fetchChecked } = await import("../../../src/page/worker/fetch-now.js");

/** @param {string | Uint8Array} data */
const hash = (data) => createHash("sha256").update(data).digest("hex");
const FILE = { file_name: "rest.zip", size: 5, sha256: hash("right") };
/** @param {(string | number | null)[]} all */
function fetched(...all) {
  answers = all;
  asked = [];
  return new TextDecoder().decode(fetchChecked("http://localhost/", FILE, hash));
}

test("what is the lock's is taken", () => {
  assert.equal(fetched("right"), "right");
  assert.deepEqual(asked, ["GET http://localhost/rest.zip false"]);
});

test("what is another's is fetched again, past the browser's cache", () => {
  assert.equal(fetched("wrong", "right"), "right");
  assert.equal(asked[1], `${asked[0]} Cache-Control: no-cache`);
  assert.throws(() => fetched("wrong", "wrong"), /^Error: rest\.zip did not come whole, or was changed on its way$/);
});

test("a host that refuses, and one that is not there, are told", () => {
  assert.throws(() => fetched(404), /^Error: HTTP status 404$/);
  assert.throws(() => fetched(null), /^Error: this site cannot be reached$/);
});
