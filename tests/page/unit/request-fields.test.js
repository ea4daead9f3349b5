// What a reader types into the request bar is read as browsers do, or refused with a reason.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FieldError, parseHeaders, parsePath } from "../../../src/page/views/request-fields.js";

/** @param {string} typed @param {RegExp} message */
const refusesPath = (typed, message) =>
  assert.throws(() => parsePath(typed), (error) => error instanceof FieldError && message.test(error.message));

test("a path goes out as it was typed, and what is not ASCII is percent-encoded", () => {
  assert.equal(parsePath("/a/b?c=d%20e&f"), "/a/b?c=d%20e&f");
  assert.equal(parsePath("/grüße wörld"), "/gr%C3%BC%C3%9Fe%20w%C3%B6rld");
  assert.equal(parsePath("/🐍"), "/%F0%9F%90%8D");
  assert.equal(parsePath("/\ud800"), "/%EF%BF%BD"); // half a surrogate pair
});

test("a path that no server would get so is refused", () => {
  refusesPath("notes", /starts with a slash: \/notes/);
  refusesPath("", /starts with a slash/);
  refusesPath("/a#b", /never sent/);
  refusesPath("/100%", /^% is no escape/);
  refusesPath("/%zz", /^%zz is no escape/);
});

test("headers are a line each, repeats and empty values too", () => {
  assert.deepEqual(parseHeaders("Accept: text/plain\n\nX-A:1\nX-A:  2 \nX-B:"), [
    ["Accept", "text/plain"],
    ["X-A", "1"],
    ["X-A", "2"],
    ["X-B", ""],
  ]);
  assert.deepEqual(parseHeaders(""), []);
});

test("a line that is no header is refused by its text", () => {
  assert.throws(() => parseHeaders("Accept: a\nnonsense"), /“nonsense” is not a header/);
  assert.throws(() => parseHeaders(": value"), FieldError);
  assert.throws(() => parseHeaders("two words: value"), FieldError);
  assert.throws(() => parseHeaders("X-Snake: 🐍"), /The value of X-Snake/);
});
