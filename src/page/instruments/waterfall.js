// Draws a waterfall: a bar for each connection as it happens, and the event loop's lane below them.

import { duration } from "../views/body.js";
import { h } from "../views/dom.js";
import { Bars, doneAt, totals } from "./bars.js";
import { Lane, PHASES, legend } from "./lane.js";
import { Timeline } from "./timeline.js";

/** @import {Recording} from "../server/recording.js" */
/** @import {Bar, Phase, Segment} from "./bars.js" */

/**
 * @typedef {object} Options
 * @property {(bar: Bar) => boolean} [wanted] which connections are shown
 * @property {(bar: Bar, n: number) => number} [numberOf] a request's number
 * @property {Timeline} [timeline] one that others are drawn on, too; that place says what the forms mean
 * @property {boolean} [loop] whether an event loop serves the requests
 */

/** So many rows are drawn: the last. */
const MOST_ROWS = 200;
/** A step of the loop that kept the thread so long is told as one that blocked it, in milliseconds. */
const BLOCKED = 20;

export class Waterfall {
  #bars = new Bars();
  #recording;
  #wanted;
  #numberOf;
  #timeline;
  #rows = h("ol", { class: "runnable-waterfall", "aria-label": "Requests", keydown: (/** @type {KeyboardEvent} */ event) => this.#move(event), focusin: () => this.draw() });
  #loop = new Lane("The event loop", "runnable-loop");
  #blocked = h("p", { class: "runnable-hint" });
  #numbers = h("tbody");
  #table = h(
    "details",
    { class: "runnable-more", toggle: () => this.draw() },
    h("summary", {}, "In numbers"),
    h(
      "table",
      { tabindex: "0" }, // it scrolls, where its columns do not fit
      h("thead", {}, h("tr", {}, ...["Request", "Waited for the server", "Running", "Awaiting", "Answering", "In all"].map((text) => h("th", { scope: "col" }, text)))),
      this.#numbers,
    ),
  );
  element = h("div", { class: "runnable-instrument" });
  /** When its requests were sent, in milliseconds since 1970; null: its clock begins with the first connection. @type {number | null} */
  sent = null;
  /** @type {Map<number, Lane>} */
  #lanes = new Map();
  /** What stands behind a row, by the page's name for the request: its answer. @type {Map<number, string>} */
  #notes = new Map();

  /** @param {Recording} recording @param {Options} [options] */
  constructor(recording, { wanted = () => true, numberOf = (_, n) => n + 1, timeline, loop = true } = {}) {
    this.#recording = recording;
    this.#wanted = wanted;
    this.#numberOf = numberOf;
    this.#timeline = timeline ?? new Timeline();
    this.element.append(...(timeline ? [] : [legend()]), this.#rows, ...(loop ? [this.#loop.element, this.#blocked] : []), this.#table);
    recording.on("cleared", () => {
      this.#bars.clear();
      this.#lanes.clear();
      this.#rows.replaceChildren();
      this.draw();
    });
    recording.on("added", (entries) => {
      for (const connection of this.#bars.add(entries)) {
        const lane = this.#lanes.get(connection ?? -1);
        if (lane) lane.finished = null;
      }
      this.draw();
    });
    this.#bars.add(recording.entries);
    this.#timeline.add(this);
  }

  /** Says what came of a request. @param {number} client @param {string} text */
  note(client, text) {
    this.#notes.set(client, text);
    this.draw();
  }

  draw() {
    this.#timeline.draw();
  }

  /** The bars that are shown. */
  get shown() {
    return [...this.#bars.all.values()].filter(this.#wanted).slice(-MOST_ROWS);
  }

  /** When a request was sent, by the recording's clock. @param {Bar} bar */
  #sentAt({ made }) {
    return this.sent === null ? made : this.sent - this.#recording.began;
  }

  /** How long each request waited until the application was called, in milliseconds; one that was not is left out. */
  get waits() {
    return this.shown.flatMap((bar) => (bar.calls.length ? [Math.max(0, bar.calls[0].from - this.#sentAt(bar))] : []));
  }

  /** How long each request took until its answer was complete, in milliseconds; one that was not is left out. */
  get durations() {
    return this.shown.flatMap((bar) => {
      const done = doneAt(bar);
      return done === null ? [] : [done - this.#sentAt(bar)];
    });
  }

  extent() {
    const bars = this.shown;
    const from = Math.min(...bars.map((bar) => this.#sentAt(bar)));
    const last = Math.max(0, ...bars.map((bar) => doneAt(bar) ?? bar.lastByte ?? bar.made));
    const open = bars.some((bar) => doneAt(bar) === null);
    const now = performance.timeOrigin + performance.now() - this.#recording.began;
    if (!bars.length) return { from: 0, to: 0, open };
    return { from, to: open ? Math.max(now, last) : last, open };
  }

  /** @param {number} from @param {number} to @param {number} span */
  drawAt(from, to, span) {
    const bars = this.shown;
    const shown = new Set(bars.map(({ connection }) => connection));
    for (const [connection, lane] of this.#lanes)
      if (!shown.has(connection)) {
        lane.element.remove();
        this.#lanes.delete(connection);
      }
    for (const [n, bar] of bars.entries()) this.#drawRow(bar, n, bars[0], from, to, span);
    this.#drawLoop(bars, from, to, span);
    if (this.#table.open) this.#tabulate(bars, to);
  }

  /** @param {Bar} bar @param {number} n @param {Bar} first @param {number} from @param {number} to @param {number} span */
  #drawRow(bar, n, first, from, to, span) {
    let lane = this.#lanes.get(bar.connection);
    if (!lane) {
      lane = new Lane(String(this.#numberOf(bar, n)));
      lane.element.tabIndex = this.#lanes.size ? -1 : 0;
      this.#lanes.set(bar.connection, lane);
      this.#rows.append(lane.element);
    }
    const sent = this.#sentAt(bar);
    const done = doneAt(bar);
    const segments = lane.finished ?? this.#bars.segments(bar, to, sent);
    lane.draw(segments, from, span);
    const took = done === null ? "…" : duration(done - sent);
    const note = bar.client === null ? "" : this.#notes.get(bar.client);
    lane.say(note ? `${note} · ${took}` : took);
    if (lane.finished) return;
    // What goes on is told where somebody listens.
    const listened = lane.element === document.activeElement || !lane.element.hasAttribute("aria-label");
    if (done !== null || listened) lane.element.setAttribute("aria-label", this.#sentence(bar, n, first, segments));
    if (done !== null) lane.finished = segments;
  }

  /** @param {Bar} bar @param {number} n @param {Bar} first @param {Segment[]} segments */
  #sentence(bar, n, first, segments) {
    const parts = Object.entries(totals(segments)).filter(([, time]) => time >= 0.05);
    const text = parts.map(([phase, time]) => `${PHASES[/** @type {Phase} */ (phase)]} ${duration(time)}`).join(", ");
    const begins = this.sent === null ? `connected after ${duration(bar.made - first.made)}, ` : "";
    return `Request ${this.#numberOf(bar, n)}: ${begins}${text}${doneAt(bar) === null ? "" : ", done"}`;
  }

  /** @param {Bar[]} bars @param {number} from @param {number} to @param {number} span */
  #drawLoop(bars, from, to, span) {
    const steps = this.#bars.steps.filter((step) => step.to > from && step.from < to);
    this.#loop.element.hidden = this.#blocked.hidden = !bars.length;
    /** @type {Segment[]} */
    const segments = steps.map((step) => ({ phase: "running", from: Math.max(step.from, from), to: Math.min(step.to, to) }));
    this.#loop.draw(segments, from, span);
    const long = steps.filter((step) => step.to - step.from >= BLOCKED);
    const blocked = long.reduce((sum, step) => sum + step.to - step.from, 0);
    const numbers = new Map(bars.flatMap((bar, n) => bar.calls.map(({ request }) => [request, this.#numberOf(bar, n)])));
    const by = [...new Set(long.flatMap(({ request }) => numbers.get(request ?? -1) ?? []))];
    this.#loop.say(duration(segments.reduce((sum, step) => sum + step.to - step.from, 0)));
    const text = blocked
      ? `The event loop was blocked for ${duration(blocked)}, ${by.length ? `by ${listed(by)}` : "by the server itself"}: meanwhile nothing else could run.`
      : "Nothing blocked the event loop.";
    if (this.#blocked.textContent !== text) this.#blocked.textContent = text;
  }

  /** What the bars show, for who cannot see them. @param {Bar[]} bars @param {number} now */
  #tabulate(bars, now) {
    this.#numbers.replaceChildren(
      ...bars.map((bar, n) => {
        const sent = this.#sentAt(bar);
        const { waiting, running, awaiting, answering } = totals(this.#bars.segments(bar, now, sent));
        const all = (doneAt(bar) ?? now) - sent;
        return h("tr", {}, h("th", { scope: "row" }, String(this.#numberOf(bar, n))), ...[waiting, running, awaiting, answering, all].map((time) => h("td", {}, duration(time))));
      }),
    );
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const rows = /** @type {HTMLElement[]} */ ([...this.#rows.children]);
    const at = rows.indexOf(/** @type {HTMLElement} */ (event.target));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (at < 0 || next === undefined || !rows[next]) return;
    event.preventDefault();
    rows[at].tabIndex = -1;
    rows[next].tabIndex = 0;
    rows[next].focus();
  }
}

/** @param {number[]} numbers */
function listed(numbers) {
  if (numbers.length > 1 && numbers.every((number, n) => number === numbers[0] + n)) return `requests ${numbers[0]} to ${numbers.at(-1)}`;
  return `${numbers.length === 1 ? "request" : "requests"} ${numbers.slice(0, 20).join(", ")}${numbers.length > 20 ? ", …" : ""}`;
}
