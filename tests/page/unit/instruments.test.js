// What the instruments make of recorded entries, without a browser.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { entriesOf, Recording } from "../../../src/page/server/recording.js";
import { Bars, doneAt, totals } from "../../../src/page/instruments/bars.js";
import { Calls, labelOf, titleOf } from "../../../src/page/instruments/calls.js";
import { curlOf, shell } from "../../../src/page/instruments/curl.js";
import { environGroups } from "../../../src/page/instruments/environ.js";
import { PREFACE, http2Frames, webSocketFrames } from "../../../src/page/instruments/frames.js";
import { meaningOf } from "../../../src/page/instruments/meanings.js";
import { breaches } from "../../../src/page/instruments/rules.js";
import { repr } from "../../../src/page/instruments/values.js";

/** @import {Entry, Value} from "../../../src/page/shared/recording.js" */

/** @param {string} text @returns {Value} */
const bytes = (text) => ({ type: "bytes", text });
/** @param {Record<string, Value>} pairs @returns {Value} */
const dict = (pairs) => ({ type: "dict", items: Object.entries(pairs) });
/** @param {...Value} items @returns {Value} */
const tuple = (...items) => ({ type: "tuple", items });

let n = 0;
/** @param {string} kind @param {Value} [value] @param {Partial<Entry>} [more] @returns {Entry} */
const entry = (kind, value = null, more = {}) => ({ n: n++, kind, at: n, took: null, connection: 1, request: 1, task: null, value, ...more });

/** The rules that these entries break. @param {...Entry} entries */
function rules(...entries) {
  const calls = new Calls();
  const [call] = calls.add(entries);
  return [...breaches(call)].map(([number, { rule }]) => [entries.findIndex((each) => each.n === number), rule]);
}

const HTTP = () => entry("asgi.call", dict({ type: "http", method: "GET", path: "/a", query_string: bytes("b=c") }));
const START = (headers = /** @type {Value} */ ([])) => entry("asgi.send", dict({ type: "http.response.start", status: 200, headers }));
const BODY = (text = "x", more_body = false) => entry("asgi.send", dict({ type: "http.response.body", body: bytes(text), more_body }));
const WSGI = () => entry("wsgi.call", dict({ REQUEST_METHOD: "GET", PATH_INFO: "/a", QUERY_STRING: "" }));
const STARTS = (headers = /** @type {Value} */ ([]), exception = /** @type {Value} */ (null)) => entry("wsgi.start_response", ["200 OK", headers, exception]);
const ITEM = (text = "x") => entry("wsgi.item", bytes(text));

describe("rules", () => {
  it("finds nothing in what is right", () => {
    assert.deepEqual(rules(HTTP(), START([tuple(bytes("content-length"), bytes("2"))]), BODY("x", true), BODY("y"), entry("asgi.return")), []);
    assert.deepEqual(rules(WSGI(), STARTS([tuple("Content-Length", "1")]), entry("wsgi.return", "list"), ITEM(), entry("wsgi.end"), entry("wsgi.close")), []);
    assert.deepEqual(rules(WSGI(), STARTS(), STARTS([], "ValueError"), ITEM(), entry("wsgi.end")), []);
  });
  /** @type {[string, Entry[], number, RegExp][]} */
  const broken = [
    ["a body first", [HTTP(), BODY(), entry("asgi.return")], 1, /start must come first/],
    ["a body too many", [HTTP(), START(), BODY(), BODY()], 3, /nothing follows/],
    ["a start too many", [HTTP(), START(), START()], 2, /starts once/],
    ["no end", [HTTP(), START(), BODY("x", true), entry("asgi.return")], 3, /not complete/],
    ["no response", [HTTP(), entry("asgi.return")], 1, /without a response/],
    ["a text as body", [HTTP(), START(), entry("asgi.send", dict({ type: "http.response.body", body: "x" }))], 2, /byte string/],
    ["a header in capitals", [HTTP(), START([tuple(bytes("Content-Type"), bytes("text/plain"))])], 1, /lower case/],
    ["a header of text", [HTTP(), START([tuple("content-type", "text/plain")])], 1, /byte strings/],
    ["more than promised", [HTTP(), START([tuple(bytes("content-length"), bytes("1"))]), BODY("xy")], 2, /longer/],
    ["less than promised", [HTTP(), START([tuple(bytes("content-length"), bytes("3"))]), BODY("xy")], 2, /shorter/],
    ["no type", [HTTP(), entry("asgi.send", dict({ status: 200 }))], 1, /key type/],
    ["a message before accept", [entry("asgi.call", dict({ type: "websocket" })), entry("asgi.send", dict({ type: "websocket.send", text: "x" }))], 1, /accept must come first/],
    ["start_response twice", [WSGI(), STARTS(), STARTS()], 2, /only with exc_info/],
    ["start_response never", [WSGI(), ITEM()], 1, /must be called before/],
    ["a text as item", [WSGI(), STARTS(), entry("wsgi.item", "x")], 2, /byte string/],
    ["a hop-by-hop header", [WSGI(), STARTS([tuple("Connection", "close")])], 1, /hop-by-hop/],
    ["headers as a tuple", [WSGI(), STARTS(tuple())], 1, /must be a list/],
    ["a status without a reason", [WSGI(), entry("wsgi.start_response", ["200", [], null])], 1, /a space and a reason/],
  ];
  for (const [name, entries, place, rule] of broken)
    it(`finds ${name}`, () => {
      const found = rules(...entries);
      assert.equal(found.length, 1);
      assert.equal(found[0][0], place);
      assert.match(String(found[0][1]), rule);
    });
  it("says nothing where the beginning was dropped", () => assert.deepEqual(rules(BODY(), BODY()), []));
});

describe("entries", () => {
  it("have a title, a label and a meaning", () => {
    const calls = new Calls();
    const [call] = calls.add([HTTP(), START(), BODY("Hello"), entry("asgi.return")]);
    assert.equal(titleOf(call), "GET /a?b=c");
    assert.deepEqual(call.entries.map(labelOf), ["app(scope, receive, send): http", "send(): http.response.start 200", "send(): http.response.body b'Hello'", "returns"]);
    assert.ok(call.ended);
    assert.equal(meaningOf(call.entries[1]).spec, "asgi-start");
    assert.equal(meaningOf(entry("asgi.send", dict({ type: "__proto__" }))).spec, "asgi-extensions");
  });
  it("are read only where they are entries", () => {
    assert.deepEqual(entriesOf("{"), []);
    assert.deepEqual(entriesOf('{"a": 1}'), []);
    assert.deepEqual(entriesOf('[null, {"kind": 1}, {"kind": "x"}, []]'), []);
    assert.equal(entriesOf(JSON.stringify([HTTP()])).length, 1);
  });
  it("are written as Python writes them", () => {
    assert.equal(repr(dict({ a: bytes("\x00'"), b: tuple(true), c: null })), `{'a': b"\\x00'", 'b': (True,), 'c': None}`);
    assert.equal(repr("\u202Eevil\u2028\n"), "'\\u202eevil\\u2028\\n'");
    assert.equal(repr({ type: "bytes", text: "ab", size: 5000 }), "b'ab' … <5000 bytes>");
    assert.equal(repr({ type: "object", text: "io.BytesIO" }), "<io.BytesIO>");
  });
  it("of an environ are sorted by who says so", () => {
    const groups = environGroups(dict({ "wsgi.input": { type: "object", text: "x" }, HTTP_HOST: "a", SERVER_NAME: "b", "gunicorn.socket": null, HOME: "/" }));
    assert.deepEqual(groups.map(([title]) => title), ["The request", "From CGI: the server and the connection", "WSGI's own", "The server's own", "Of the operating system's environment"]);
  });
});

describe("a recording", () => {
  /** @param {Entry[]} entries */
  const message = (entries, missing = 0) => ({ type: /** @type {const} */ ("recorded"), entries: JSON.stringify(entries), began: 5, missing });
  function followed() {
    const recording = new Recording();
    /** @type {boolean[]} */
    const watched = [];
    /** @type {(message: any) => void} */
    let tell = () => {};
    recording.follow({ watch: (on) => void watched.push(on), on: (_, listener) => void (tell = listener) });
    return { recording, watched, tell: (/** @type {any} */ each) => tell(each) };
  }
  it("is asked for while somebody watches", () => {
    const { recording, watched } = followed();
    const [one, other] = [recording.watch(), recording.watch()];
    one();
    one();
    assert.deepEqual(watched, [true]);
    other();
    assert.deepEqual(watched, [true, false]);
  });
  it("begins anew with a program, and keeps so many", () => {
    const { recording, tell } = followed();
    tell(message([HTTP(), entry("server.start", "uvicorn"), BODY()]));
    assert.deepEqual(recording.entries.map(({ kind }) => kind), ["server.start", "asgi.send"]);
    tell(message(Array.from({ length: 6000 }, () => BODY()), 7));
    assert.equal(recording.entries.length, 5000);
    assert.equal(recording.dropped, 1009);
  });
});

describe("bars", () => {
  it("tell waiting, running and awaiting apart", () => {
    const bars = new Bars();
    const here = { connection: 1, request: 7 };
    bars.add([
      entry("connection.made", [50000, 3], { at: 0, request: null }),
      entry("asgi.call", dict({ type: "http" }), { at: 10, ...here }),
      entry("loop.step", null, { at: 9, took: 6, ...here }),
      entry("loop.step", null, { at: 40, took: 5, ...here, request: 8 }),
      entry("loop.step", null, { at: 50, took: 10, ...here }),
      entry("wire.sent", bytes("x"), { at: 55, request: null }),
      entry("asgi.return", null, { at: 58, ...here }),
      entry("wire.sent", bytes("x"), { at: 62, request: null }),
      entry("connection.lost", false, { at: 70, request: null }),
    ]);
    const [bar] = bars.all.values();
    assert.equal(bar.client, 3);
    assert.equal(doneAt(bar), 62);
    assert.deepEqual(
      bars.segments(bar, 100).map(({ phase, from, to }) => [phase, from, to]),
      [["waiting", 0, 10], ["running", 10, 15], ["awaiting", 15, 50], ["running", 50, 58], ["answering", 58, 62]],
    );
  });
  it("wait from when their request was sent, where that is known", () => {
    const bars = new Bars();
    const touched = bars.add([entry("connection.made", [1, 1], { at: 30 }), entry("wsgi.call", null, { at: 35 }), entry("wsgi.close", null, { at: 45 })]);
    const [bar] = bars.all.values();
    assert.deepEqual([...touched], [1]);
    assert.deepEqual(bars.segments(bar, 45, 5).map(({ phase, from, to }) => [phase, from, to]), [["waiting", 5, 35], ["running", 35, 45]]);
  });
  it("of a WSGI call run all the while, and grow until now", () => {
    const bars = new Bars();
    bars.add([entry("connection.made", [1, 1], { at: 0 }), entry("wsgi.call", null, { at: 5 })]);
    const [bar] = bars.all.values();
    assert.deepEqual(totals(bars.segments(bar, 105)), { waiting: 5, running: 100, awaiting: 0, answering: 0 });
  });
});

describe("frames", () => {
  it("of HTTP/2 are named", () => {
    const text = `${PREFACE}\0\0\x03\0\x01\0\0\0\x05abc\0\0\0\x04\x01\0\0\0\0`;
    const frames = http2Frames([{ at: 1, text: text.slice(0, 30), size: 30 }, { at: 2, text: text.slice(30), size: text.length - 30 }]);
    assert.deepEqual(frames.map(({ at, title, payload }) => [at, title, payload]), [
      [1, "the client's preface", PREFACE],
      [1, "DATA · stream 5 · 3 bytes · END_STREAM", "abc"],
      [2, "SETTINGS · stream 0 · 0 bytes · ACK", ""],
    ]);
  });
  it("of a WebSocket are unmasked", () => {
    const masked = [..."Hi"].map((character, n) => String.fromCharCode(character.charCodeAt(0) ^ "\x01\x02\x03\x04".charCodeAt(n))).join("");
    const frames = webSocketFrames([{ at: 0, text: `GET / HTTP/1.1\r\n\r\n\x81\x82\x01\x02\x03\x04${masked}\x88\x00`, size: 28 }]);
    assert.deepEqual(frames.slice(1).map(({ title, payload }) => [title, payload]), [
      ["opcode 1 (text) · final · mask 01 02 03 04 · 2 bytes", "Hi"],
      ["opcode 8 (close) · final · not masked · 0 bytes", ""],
    ]);
  });
  it("end where bytes were not kept", () => {
    const frames = webSocketFrames([{ at: 0, text: "HTTP/1.1 101 x\r\n\r\n\x82\x7e\x20\x00abc", size: 40 }]);
    assert.deepEqual(frames.map(({ payload }) => payload), ["HTTP/1.1 101 x\r\n\r\n", "abc"]);
  });
});

describe("curl", () => {
  it("sends the same", () => {
    const sent = "PUT /a?b=[1] HTTP/1.1\r\nHost: x\r\nX-It: it's\r\nX-Empty:\r\nContent-Length: 3\r\n\r\na\x01b";
    assert.equal(
      curlOf(sent, "http://127.0.0.1:8000"),
      `curl --include --no-buffer \\\n  --globoff \\\n  --request 'PUT' \\\n  --header 'X-It: it'\\''s' \\\n  --header 'X-Empty;' \\\n  --header 'Content-Type:' \\\n  --data-raw $'a\\x01b' \\\n  'http://127.0.0.1:8000/a?b=[1]'`,
    );
    assert.equal(curlOf("\x16\x03\x01", "x"), null);
    assert.equal(curlOf("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n\0", "x"), null);
  });
  it("quotes what a shell would read", () => {
    assert.equal(shell("$(x) `y` \"z\""), "'$(x) `y` \"z\"'");
    assert.equal(shell("a\nb'c"), "$'a\\x0ab\\x27c'");
  });
});
