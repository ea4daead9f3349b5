// What a race makes of a device, of answers and of a recording, without a browser.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Bars, doneAt, totals } from "../../../src/page/instruments/bars.js";
import { heatsOf, mostInterpreters, refusal } from "../../../src/page/race/heats.js";
import { entriesOfRun, runLike } from "../../../src/page/race/recorded.js";
import { cells, verdict } from "../../../src/page/race/results.js";
import { SingleRun } from "../../../src/page/server/single-run.js";
import { FakePort, MODULE, REQUEST } from "./fake-worker.js";

/** @import {RecordedRequest} from "../../../src/page/shared/example-data.js" */

/** @param {...number} workers */
const racers = (...workers) => workers.map((each) => ({ workers: each }));
/** @param {{workers: number}[][]} heats */
const sizes = (heats) => heats.map((heat) => heat.map(({ workers }) => workers));

describe("interpreters", () => {
  it("follow the device's memory", () => {
    assert.deepEqual([0.5, 1, 2, 4, 8].map((deviceMemory) => mostInterpreters({ deviceMemory })), [1, 1, 3, 6, 13]);
    assert.equal(mostInterpreters({}), mostInterpreters({ deviceMemory: 4 }));
  });
  it("are refused with the reason", () => {
    assert.equal(refusal(4, { deviceMemory: 8 }), "");
    assert.match(refusal(4, { deviceMemory: 2 }), /memory for 3 workers/);
    assert.match(refusal(2, { deviceMemory: 1 }), /memory for 1 worker at once/);
    assert.match(refusal(2, { deviceMemory: 8, connection: { saveData: true } }), /save data/);
    assert.equal(refusal(1, { deviceMemory: 0.25, connection: { saveData: true } }), "");
  });
  it("run together as far as they fit", () => {
    assert.deepEqual(sizes(heatsOf(racers(1, 2, 4), 13)), [[1, 2, 4]]);
    assert.deepEqual(sizes(heatsOf(racers(1, 2, 4), 6)), [[1, 2], [4]]);
    assert.deepEqual(sizes(heatsOf(racers(1, 1, 1), 1)), [[1], [1], [1]]);
    assert.deepEqual(heatsOf([], 1), []);
  });
});

describe("results", () => {
  const whole = { title: "one", requests: 10, answered: 10, total: 205.4, longestWait: 3.21 };
  const slow = { ...whole, title: "slow", total: 2040, longestWait: 1840 };
  const broken = { ...whole, title: "broken", answered: 4, total: 10 };
  it("are told in few digits", () => {
    assert.deepEqual(cells(whole), ["10", "205 ms", "3.2 ms", "49"]);
    assert.deepEqual(cells(slow), ["10", "2.04 s", "1.84 s", "4.9"]);
    assert.deepEqual(cells(broken), ["4 of 10", "10 ms", "3.2 ms", "400"]);
    assert.deepEqual(cells({ ...whole, answered: 0 }), ["0 of 10", "–", "–", "–"]);
  });
  it("name the first who answered all", () => {
    assert.equal(verdict([slow, broken, whole]), "The race is over. First: one, after 205 ms.");
    assert.match(verdict([broken]), /nobody/);
  });
});

describe("a recording of a real server", () => {
  /** @type {RecordedRequest[]} */
  const run = [[1, 2, 202, 203], [1.5, 202.5, 402.5, 404]];
  it("is drawn as what runs here", () => {
    const bars = new Bars();
    bars.add(entriesOfRun(run));
    const [, second] = bars.all.values();
    assert.equal(doneAt(second), 404);
    assert.deepEqual(totals(bars.segments(second, 404, 0)), { waiting: 202.5, running: 200, awaiting: 0, answering: 1.5 });
  });
  it("is the one of about so many requests", () => {
    const race = { title: "", runs: [Array(50).fill(run[0]), Array(10).fill(run[0])] };
    assert.deepEqual([1, 10, 49, 50].map((count) => runLike(race, count).length), [10, 10, 10, 50]);
  });
});

describe("a single run", () => {
  const program = { source: "published", module: "app", path: "hello/app.py", app: "app", server: "uvicorn" };
  /** @param {Record<string, object[]>} [answers] */
  function made(answers) {
    const port = new FakePort(answers);
    return { port, run: new SingleRun(program, ["starlette"], () => port, MODULE) };
  }
  it("is recorded from its start, and asked", async () => {
    const { port, run } = made();
    await run.start();
    run.request(REQUEST);
    assert.deepEqual(port.types, ["boot", "watch", "load", "run", "request"]);
    assert.deepEqual(port.posted[3], { type: "run", ...program });
  });
  it("that fails says why", async () => {
    const { run } = made({ run: [{ type: "failed", message: "No app." }] });
    await assert.rejects(run.start(), /No app/);
  });
  it("ends with its interpreter", async () => {
    const { port, run } = made({ run: [] });
    const started = run.start();
    run.end("Stopped.");
    await assert.rejects(started, /Stopped/);
    assert.ok(port.terminated);
  });
});
