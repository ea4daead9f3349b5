// The waterfall's model: what each connection did when, put together from the recorder's entries.

/** @import {Entry} from "../shared/recording.js" */

/** @typedef {"waiting" | "running" | "awaiting" | "answering"} Phase */
/** @typedef {{phase: Phase, from: number, to: number}} Segment */
/** @typedef {{request: number | null, from: number, to: number}} Step */

/**
 * A connection; times are in milliseconds since the recording began.
 *
 * @typedef {object} Bar
 * @property {number} connection
 * @property {number | null} client the page's name for what it sent
 * @property {number} made
 * @property {{request: number, from: number, to: number | null, blocks: boolean}[]} calls
 * @property {number | null} firstByte of the answer
 * @property {number | null} lastByte
 * @property {number | null} ended
 */

const CALL = /^(wsgi|asgi|aiohttp)\.call$/;
const END = /^(wsgi\.(end|close|error)|(asgi|aiohttp)\.(return|error))$/;

export class Bars {
  /** By their connections. @type {Map<number, Bar>} */
  all = new Map();
  /** What kept the event loop's thread for a millisecond or more. @type {Step[]} */
  steps = [];

  clear() {
    this.all.clear();
    this.steps = [];
  }

  /** @param {Entry[]} entries */
  add(entries) {
    for (const entry of entries) this.#take(entry);
  }

  /** @param {Entry} entry */
  #take({ kind, at, took, connection, request, value }) {
    if (kind === "loop.step") {
      this.steps.push({ request, from: at, to: at + (took ?? 0) });
      return;
    }
    if (connection === null) return;
    if (kind === "connection.made") {
      const client = Array.isArray(value) && typeof value[1] === "number" ? value[1] : null;
      this.all.set(connection, { connection, client, made: at, calls: [], firstByte: null, lastByte: null, ended: null });
    }
    const bar = this.all.get(connection);
    if (!bar) return; // Its beginning was dropped.
    if (CALL.test(kind) && request !== null) bar.calls.push({ request, from: at, to: null, blocks: kind === "wsgi.call" });
    else if (END.test(kind)) {
      const call = bar.calls.find((each) => each.request === request);
      if (call) call.to = at;
    } else if (kind === "wire.sent") {
      bar.firstByte ??= at;
      bar.lastByte = at;
    } else if (kind === "connection.lost") bar.ended = at;
    else if (kind === "wire.received" && bar.firstByte !== null && isEmpty(value)) bar.ended ??= at;
  }

  /**
   * What is to be drawn of a connection, in order and without overlap.
   *
   * @param {Bar} bar
   * @param {number} now up to where what goes on is drawn
   * @returns {Segment[]}
   */
  segments(bar, now) {
    /** @type {Segment[]} */
    const segments = [];
    const end = doneAt(bar) ?? now;
    /** @param {Phase} phase @param {number} from @param {number} to */
    const add = (phase, from, to) => to > from && segments.push({ phase, from, to });
    let at = bar.made;
    for (const call of bar.calls) {
      add("waiting", at, call.from);
      at = Math.max(at, call.from);
      const to = call.to ?? Math.max(now, at);
      for (const step of this.#runningSteps(call, at, to)) {
        add("awaiting", at, step.from);
        add("running", Math.max(at, step.from), step.to);
        at = Math.max(at, step.to);
      }
      // A step is told when it ends. What is shorter than a millisecond has none, and did not wait.
      add(call.blocks || to - at < 1 ? "running" : "awaiting", at, to);
      at = Math.max(at, to);
    }
    if (bar.calls.length) add("answering", at, end);
    else add("waiting", at, end);
    return segments;
  }

  /** @param {Bar["calls"][number]} call @param {number} from @param {number} to */
  #runningSteps(call, from, to) {
    if (call.blocks) return [];
    return this.steps
      .filter((step) => step.request === call.request && step.to > from && step.from < to)
      .map((step) => ({ from: Math.max(step.from, from), to: Math.min(step.to, to) }));
  }

  /**
   * How long a connection was in each phase.
   *
   * @param {Bar} bar
   * @param {number} now
   * @returns {Record<Phase, number>}
   */
  totals(bar, now) {
    const totals = { waiting: 0, running: 0, awaiting: 0, answering: 0 };
    for (const { phase, from, to } of this.segments(bar, now)) totals[phase] += to - from;
    return totals;
  }
}

/** When the answer was complete; null: it is not. @param {Bar} bar */
export function doneAt({ ended, lastByte, calls }) {
  if (ended === null) return null;
  return Math.max(lastByte ?? ended, ...calls.map(({ to }) => to ?? ended));
}

/** @param {Entry["value"]} value */
const isEmpty = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && value.text === "";
