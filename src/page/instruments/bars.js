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
  /** The same, by the call that they ran. @type {Map<number | null, Step[]>} */
  #stepsOf = new Map();

  clear() {
    this.all.clear();
    this.steps = [];
    this.#stepsOf.clear();
  }

  /** Takes new entries; gives the connections that they belong to. @param {Entry[]} entries */
  add(entries) {
    for (const entry of entries) this.#take(entry);
    return new Set(entries.map(({ connection }) => connection));
  }

  /** @param {Entry} entry */
  #take({ kind, at, took, connection, request, value }) {
    if (kind === "loop.step") {
      const step = { request, from: at, to: at + (took ?? 0) };
      this.steps.push(step);
      const steps = this.#stepsOf.get(request);
      if (steps) steps.push(step);
      else this.#stepsOf.set(request, [step]);
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
   * @param {number} [sent] when its request was sent, where that is known
   * @returns {Segment[]}
   */
  segments(bar, now, sent = bar.made) {
    /** @type {Segment[]} */
    const segments = [];
    const end = doneAt(bar) ?? now;
    /** @param {Phase} phase @param {number} from @param {number} to */
    const add = (phase, from, to) => to > from && segments.push({ phase, from, to });
    let at = sent;
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
    const steps = this.#stepsOf.get(call.request) ?? [];
    return steps
      .filter((step) => step.to > from && step.from < to)
      .map((step) => ({ from: Math.max(step.from, from), to: Math.min(step.to, to) }));
  }
}

/**
 * How long each phase was.
 *
 * @param {Segment[]} segments
 * @returns {Record<Phase, number>}
 */
export function totals(segments) {
  const sums = { waiting: 0, running: 0, awaiting: 0, answering: 0 };
  for (const { phase, from, to } of segments) sums[phase] += to - from;
  return sums;
}

/** When the answer was complete; null: it is not. @param {Bar} bar */
export function doneAt({ ended, lastByte, calls }) {
  if (ended === null) return null;
  return Math.max(lastByte ?? ended, ...calls.map(({ to }) => to ?? ended));
}

/** @param {Entry["value"]} value */
const isEmpty = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && value.text === "";
