// The Page view asks as a browser does: cookies, redirects, and nobody but the application.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isFromFrame } from "../../../src/page/browser/from-frame.js";
import { History } from "../../../src/page/browser/history.js";
import { UserAgent } from "../../../src/page/browser/user-agent.js";
import { Emitter } from "../../../src/page/server/emitter.js";

/** @import {Asked, Outcome} from "../../../src/page/browser/bridge.js" */
/** @import {Manner} from "../../../src/page/browser/user-agent.js" */
/** @import {HttpRequest} from "../../../src/page/shared/types.js" */

const ORIGIN = "http://127.0.0.1:8000";

/**
 * Asks an application that answers by path; gives what was asked of it, and what came.
 *
 * @param {Record<string, {status: number, headers?: [string, string][]}>} answers
 * @param {Partial<Asked>} asked
 * @param {Manner} [manner]
 */
async function ask(answers, asked, manner) {
  /** @type {HttpRequest[]} */
  const requests = [];
  const agent = new UserAgent((request) => {
    requests.push(request);
    const exchange = new Emitter();
    const { status, headers = [] } = answers[request.path];
    queueMicrotask(() => {
      exchange.emit("head", { status, reason: "", headers });
      exchange.emit("end", {});
    });
    return /** @type {any} */ (exchange);
  });
  /** @type {Outcome[]} */
  const outcomes = [];
  await new Promise((resolve) => {
    agent.fetch({ method: "GET", url: `${ORIGIN}/`, headers: [], body: null, ...asked }, (outcome) => {
      outcomes.push(outcome);
      if (outcome.type !== "head") resolve(null);
    }, manner);
  });
  return { requests, outcomes, agent };
}

test("a form's redirect is followed by GET, with the cookie that it sets", async () => {
  const { requests, outcomes } = await ask(
    { "/": { status: 303, headers: [["Location", "/done?x=1"], ["Set-Cookie", "a=1"]] }, "/done?x=1": { status: 200 } },
    { method: "POST", body: Uint8Array.of(1), headers: [["Content-Type", "text/plain"], ["X", "y"]] },
  );
  const [first, second] = requests;
  assert.deepEqual(first.headers, [["Content-Type", "text/plain"], ["X", "y"], ["Origin", ORIGIN]]);
  assert.deepEqual([second.method, second.path, second.body, second.headers], ["GET", "/done?x=1", null, [["X", "y"], ["Cookie", "a=1"]]]);
  assert.deepEqual(outcomes, [
    { type: "head", status: 200, reason: "", headers: [], url: `${ORIGIN}/done?x=1`, redirected: true },
    { type: "end" },
  ]);
});

test("307 keeps method and body; 301 keeps what is no POST", async () => {
  const to = { headers: /** @type {[string, string][]} */ ([["location", "to"]]) };
  const body = Uint8Array.of(1);
  for (const [status, method, then] of /** @type {const} */ ([[307, "POST", "POST"], [301, "POST", "GET"], [301, "PUT", "PUT"], [303, "PUT", "GET"]])) {
    const { requests } = await ask({ "/": { status, ...to }, "/to": { status: 200 } }, { method, body });
    assert.deepEqual([requests[1].method, requests[1].body], [then, then === "GET" ? null : body]);
  }
});

test("redirects end, or are refused, or are left to the page", async () => {
  const loop = { "/": { status: 302, headers: /** @type {[string, string][]} */ ([["Location", "/"]]) } };
  const { requests, outcomes } = await ask(loop, {});
  assert.equal(requests.length, 21);
  assert.deepEqual(outcomes, [{ type: "error", message: "Given up after 20 redirects." }]);
  assert.match(JSON.stringify((await ask(loop, {}, { redirect: "error" })).outcomes), /does not want/);
  assert.equal((await ask(loop, {}, { redirect: "manual" })).outcomes.length, 2);
});

test("no other host is asked, and no header is forged", async () => {
  for (const url of ["http://elsewhere.example/", "https://127.0.0.1:8000/", "http://127.0.0.1/", "file:///etc/passwd"]) {
    const { requests, outcomes } = await ask({}, { url });
    assert.deepEqual([requests.length, outcomes[0].type], [0, "error"]);
  }
  const away = { "/": { status: 302, headers: /** @type {[string, string][]} */ ([["Location", "//elsewhere.example/"]]) } };
  assert.match(JSON.stringify((await ask(away, {})).outcomes), /http:\/\/elsewhere.example is not the application/);
  const forged = /** @type {[string, string][]} */ (["Cookie", "Host", "Origin", "Referer"].map((name) => [name, "x"]));
  assert.deepEqual((await ask({ "/": { status: 200 } }, { headers: forged })).requests[0].headers, []);
});

test("without credentials cookies neither leave nor come", async () => {
  const { agent } = await ask({ "/": { status: 200, headers: [["Set-Cookie", "a=1"]] } }, {}, { credentials: false });
  assert.equal(agent.jar.header(new URL(ORIGIN)), "");
});

test("a frame's message must have its shape, and a request no lines of its own", () => {
  const request = { method: "GET", url: `${ORIGIN}/`, headers: [["X", "é"]], body: null };
  assert.ok(isFromFrame({ type: "navigate", request }));
  for (const wrong of [{ method: "GET /\r\nX:" }, { url: "/" }, { headers: [["X", "a\r\nY: b"]] }, { headers: [["X"]] }, { body: "text" }])
    assert.ok(!isFromFrame({ type: "navigate", request: { ...request, ...wrong } }), JSON.stringify(wrong));
  for (const wrong of [null, "shown", {}, { type: "toString" }, { type: "traverse", by: 0.5 }, { type: "store", area: "other", entries: [] }])
    assert.ok(!isFromFrame(wrong));
});

test("the history forgets what lay ahead, and knows where it ends", () => {
  const history = new History();
  const [a, b, c] = ["a", "b", "c"].map((url) => ({ url, state: null, document: {} }));
  history.push(a);
  history.push(b);
  assert.equal(history.go(-1), a);
  assert.ok(!history.canGo(-1) && history.canGo(1));
  history.push(c);
  assert.equal(history.go(1), undefined);
  assert.equal(history.current, c);
  history.replace(b);
  assert.equal(history.go(-1), a);
});
