// What a reader compares of the servers is read from an address, and written into it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isWanted, readChoice, writeChoice } from "../../../src/page/capabilities-choice.js";

const KNOWN = ["wsgiref", "gunicorn", "uvicorn"];
const ALL = { servers: KNOWN, find: "", differs: false };

test("an address that says nothing means what is usual", () => {
  assert.deepEqual(readChoice("", KNOWN, KNOWN), ALL);
  assert.deepEqual(readChoice("?h=x", KNOWN, ["uvicorn"]), { ...ALL, servers: ["uvicorn"] });
  assert.equal(writeChoice(ALL, "", KNOWN), "");
});

test("what is written is read again, and other parameters stay", () => {
  const choice = { servers: ["wsgiref", "uvicorn"], find: "HTTP/2 & more", differs: true };
  const query = writeChoice(choice, "?h=x&servers=gunicorn", KNOWN);
  assert.equal(query, "h=x&servers=wsgiref+uvicorn&find=HTTP%2F2+%26+more&differs=yes");
  assert.deepEqual(readChoice(query, KNOWN, KNOWN), choice);
  assert.equal(writeChoice(ALL, query, KNOWN), "h=x");
});

test("a server that is gone does not count", () => {
  assert.deepEqual(readChoice("?servers=gone+uvicorn", KNOWN, KNOWN).servers, ["uvicorn"]);
  assert.deepEqual(readChoice("?servers=gone", KNOWN, KNOWN).servers, KNOWN);
});

test("a capability is wanted that has the words, and in which the servers differ", () => {
  const differing = { ...ALL, differs: true };
  assert.ok(isWanted("Keep-alive", ["yes", "yes"], { ...ALL, find: " ALIVE keep" }));
  assert.ok(!isWanted("Keep-alive", ["yes", "yes"], { ...ALL, find: "alive body" }));
  assert.ok(isWanted("Keep-alive", ["yes", "no"], differing));
  assert.ok(!isWanted("Keep-alive", ["yes", "yes"], differing));
  assert.ok(!isWanted("Keep-alive", [], ALL), "none of the servers was asked");
});
