// The Web Worker's downloads: bytes are counted as they come, and a failure names its file.

import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { self: globalThis }); // what a Web Worker calls its globals
const { Downloads } = await import("../../../src/page/worker/downloads.js");

/** Of "12345". */
const FILE = { size: 5, sha256: "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5" };
const BASE = "http://localhost/runtime/";

/**
 * @param {(url: string, options?: RequestInit) => Response | Promise<Response>} answer
 */
function downloads(answer) {
  globalThis.fetch = async (input, options) => answer(String(input), options);
  /** @type {[number, number][]} */
  const progress = [];
  return { progress, it: new Downloads(BASE, (...counts) => progress.push(counts)) };
}

test("counts bytes as they come", async () => {
  const { it, progress } = downloads(() => new Response("12345"));
  const data = await it.bytes("a.zip", FILE);
  assert.equal(data.length, 5);
  assert.deepEqual(progress.at(-1), [5, 5]);
});

test("a status other than success is told with the file's name, after one more try past the cache", async () => {
  /** @type {(string | undefined)[]} */
  const caches = [];
  const { it } = downloads((_, options) => {
    caches.push(options?.cache);
    return new Response("busy", { status: 503 });
  });
  await assert.rejects(it.bytes("a.zip", FILE), /^Error: a\.zip could not be fetched: HTTP status 503\. Press Run to try again\.$/);
  assert.deepEqual(caches, ["force-cache", "reload"]);
});

test("a connection that fails, or breaks off, is told with the file's name", async () => {
  const none = downloads(() => Promise.reject(new Error("no network")));
  await assert.rejects(none.it.bytes("a.zip", FILE), /a\.zip could not be fetched: this site cannot be reached\./);
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
  const half = downloads(() => new Response(broken));
  await assert.rejects(half.it.bytes("b.zip", FILE), /The download of b\.zip broke off\. Press Run to try again\./);
});

test("what was fetched ahead goes to whoever asks for it, and once", async () => {
  let asked = 0;
  const { it, progress } = downloads(() => (asked++, new Response("12345")));
  const ahead = it.ahead("stdlib.zip", FILE);
  const text = await it.serveAhead(async () => (await fetch(`${BASE}stdlib.zip`)).text());
  await ahead;
  assert.deepEqual([text, asked], ["12345", 1]);
  assert.deepEqual(progress.at(-1), [5, 5]);
  await (await fetch(`${BASE}stdlib.zip`)).text();
  assert.equal(asked, 2);
});

test("a file that is not the lock's is refused, and fetched past the cache for the next try", async () => {
  /** @type {(string | undefined)[]} */
  const caches = [];
  const { it } = downloads((_, options) => {
    caches.push(options?.cache);
    return new Response("12346");
  });
  const sentence = /^Error: a\.zip did not come whole, or was changed on its way\. Press Run to try again\.$/;
  await assert.rejects(it.bytes("a.zip", FILE), sentence);
  assert.deepEqual(caches, ["force-cache", "reload"]);
});
