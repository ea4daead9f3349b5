// One of a race: a program in an interpreter for each of its workers, and a waterfall for each.

import { h } from "../views/dom.js";
import { Waterfall } from "../instruments/waterfall.js";

/** @import {RacerData, RequestPreset} from "../shared/example-data.js" */
/** @import {Exchange} from "../server/exchange.js" */
/** @import {SingleRun} from "../server/single-run.js" */
/** @import {Timeline} from "../instruments/timeline.js" */
/** @import {Result} from "./results.js" */

/** @typedef {typeof SingleRun} Runs */

/** The recorder tells in batches: after the last answer, so long its last is waited for. */
const LAST_ENTRIES_MS = 300;

export class Racer {
  data;
  #place;
  #timeline;
  #said = h("p", { class: "race-state", hidden: true });
  #waterfalls = h("div");
  /** @type {{run: SingleRun, waterfall: Waterfall, numbers: Map<number, number>}[]} */
  #workers = [];

  /** @param {RacerData} data @param {HTMLElement} place the racer's in the page @param {Timeline} timeline */
  constructor(data, place, timeline) {
    this.data = data;
    this.#place = place;
    this.#timeline = timeline;
  }

  /** Shows it as it was before a race, with a word on what becomes of it. @param {string} text */
  reset(text) {
    this.#place.append(this.#said, this.#waterfalls);
    this.#waterfalls.replaceChildren();
    this.say(text);
  }

  /** @param {string} text */
  say(text) {
    this.#said.textContent = text;
    this.#said.hidden = !text;
  }

  /**
   * Starts its workers.
   *
   * @param {Runs} Runs
   * @param {(progress: {loaded: number, total: number}) => void} onProgress of the download
   * @throws {Error} where a worker has not started
   */
  async start(Runs, onProgress) {
    const { source, module, path, app, server, packages, workers } = this.data;
    this.#workers = Array.from({ length: workers }, (_, n) => {
      const run = new Runs({ source, module, path, app, server }, packages);
      run.on("progress", onProgress);
      /** @type {Map<number, number>} */
      const numbers = new Map();
      const waterfall = new Waterfall(run.recording, { timeline: this.#timeline, numberOf: ({ client }, row) => numbers.get(client ?? -1) ?? row + 1 });
      this.#waterfalls.append(...(workers > 1 ? [h("p", { class: "race-worker" }, `Worker ${n + 1}`)] : []), waterfall.element);
      return { run, waterfall, numbers };
    });
    await Promise.all(this.#workers.map(({ run }) => run.start()));
  }

  /**
   * Sends the requests, shared out among the workers in turn.
   *
   * @param {RequestPreset} preset
   * @param {number} count
   * @returns {Promise<Result>}
   */
  async race({ method, path, headers, body }, count) {
    const request = { method, path, headers, body: body === null ? null : new TextEncoder().encode(body), protocol: /** @type {const} */ ("HTTP/1.1"), leaveAfter: 0 };
    const sent = performance.timeOrigin + performance.now();
    for (const { waterfall } of this.#workers) waterfall.sent = sent;
    let answered = 0;
    const answers = Array.from({ length: count }, (_, n) => {
      const { run, waterfall, numbers } = this.#workers[n % this.#workers.length];
      const exchange = run.request(request);
      numbers.set(exchange.id, n + 1);
      return ended(exchange).then((failure) => {
        if (failure) waterfall.note(exchange.id, failure);
        else answered++;
      });
    });
    await Promise.all(answers);
    await new Promise((resolve) => setTimeout(resolve, LAST_ENTRIES_MS));
    // By the recorder's clock, as they are drawn: the page itself may be late.
    const total = Math.max(0, ...this.#workers.flatMap(({ waterfall }) => waterfall.durations));
    const longestWait = Math.max(0, ...this.#workers.flatMap(({ waterfall }) => waterfall.waits));
    return { title: this.data.title, requests: count, answered, total, longestWait };
  }

  /** Ends its workers. @param {string} reason */
  end(reason) {
    for (const { run } of this.#workers) run.end(reason);
  }
}

/** Gives what went wrong, or "" where the answer is what was asked for. @param {Exchange} exchange @returns {Promise<string>} */
const ended = (exchange) =>
  new Promise((resolve) => {
    exchange.on("end", ({ response: { status, reason } }) => resolve(status < 400 ? "" : `${status} ${reason}`.trim()));
    exchange.on("error", ({ message }) => resolve(message));
  });
