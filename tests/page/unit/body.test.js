// A body is shown as what it is: text, JSON with nothing changed but its indents, or bytes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyKind, decoder, duration, hexDump, prettyJson, size } from "../../../src/page/views/body.js";

test("the Content-Type says how a body is shown", () => {
  /** @param {string} type */
  const kind = (type) => bodyKind([["content-type", type]]).kind;
  assert.equal(kind("text/html; charset=utf-8"), "text");
  assert.equal(kind("application/json"), "json");
  assert.equal(kind("application/problem+json"), "json");
  assert.equal(kind("application/xhtml+xml"), "text");
  assert.equal(kind("image/png"), "binary");
  assert.equal(bodyKind([]).kind, "text");
  assert.equal(bodyKind([["Content-Type", 'text/plain; charset="ISO-8859-1"']]).charset, "iso-8859-1");
});

test("text in pieces is decoded across their borders; an unknown charset is UTF-8", () => {
  const text = decoder("no-such-charset");
  const [first, second] = [Uint8Array.of(0xc3), Uint8Array.of(0xbc)];
  assert.equal(text.decode(first, { stream: true }) + text.decode(second, { stream: true }), "ü");
});

test("JSON is indented and otherwise left alone", () => {
  assert.equal(prettyJson('{"a":1.0,"a":[ ],"b":"x, {y}"}'), '{\n  "a": 1.0,\n  "a": [ ],\n  "b": "x, {y}"\n}');
  assert.equal(prettyJson('["\\u00e9",1e400]'), '[\n  "\\u00e9",\n  1e400\n]');
  assert.equal(prettyJson("{'a': 1}"), null);
});

test("bytes are shown in rows of sixteen, with what is printable", () => {
  assert.equal(hexDump(new TextEncoder().encode("Hi\n")), `0000  ${"48 69 0a".padEnd(47)}  Hi.`);
  assert.match(hexDump(new Uint8Array(257)), /\n…$/);
});

test("sizes and durations have units that fit", () => {
  assert.deepEqual([1, 999, 1000, 2_500_000].map(size), ["1 byte", "999 bytes", "1.0 kB", "2.5 MB"]);
  assert.deepEqual([0.26, 12.4, 1500].map(duration), ["0.3 ms", "12 ms", "1.50 s"]);
});
