// Draws a waterfall: a bar for each connection as it happens, and the event loop's lane below them.

import { duration } from "../views/body.js";
import { h } from "../views/dom.js";
import { Bars, doneAt } from "./bars.js";

/** @import {Recording} from "../server/recording.js" */
/** @import {Bar, Phase, Segment} from "./bars.js" */

/** So many rows are drawn: the last. */
const MOST_ROWS = 200;
/** A step of the loop that kept the thread so long is told as one that blocked it, in milliseconds. */
const BLOCKED = 20;
/** @type {Record<Phase, string>} */
const PHASES = { waiting: "waiting for the server", running: "running", awaiting: "awaiting", answering: "answering" };
/** @type {Record<Phase, [number, number]>} y and height: the phases differ in form, not by colour alone */
const FORMS = { waiting: [4, 2], running: [0, 10], awaiting: [2.5, 5], answering: [0, 10] };
const SVG = "http://www.w3.org/2000/svg";

export class Waterfall {
  #bars = new Bars();
  #recording;
  #wanted;
  #rows = h("ol", { class: "runnable-waterfall", "aria-label": "Requests", keydown: (/** @type {KeyboardEvent} */ event) => this.#move(event) });
  #loop = new Lane("The event loop", "runnable-loop");
  #blocked = h("p", { class: "runnable-hint" });
  #numbers = h("tbody");
  #table = h(
    "details",
    { class: "runnable-more", toggle: () => this.#tabulate() },
    h("summary", {}, "In numbers"),
    h(
      "table",
      { tabindex: 0 }, // on a phone it is scrolled
      h("thead", {}, h("tr", {}, ...["Request", "Waited for the server", "Running", "Awaiting", "Answering", "In all"].map((text) => h("th", { scope: "col" }, text)))),
      this.#numbers,
    ),
  );
  element = h("div", { class: "runnable-instrument" }, legend(), this.#rows, this.#loop.element, this.#blocked, this.#table);
  /** @type {Map<number, Lane>} */
  #lanes = new Map();
  /** What stands behind a row, by the page's name for the request: its answer. @type {Map<number, string>} */
  #notes = new Map();
  #drawing = false;
  #reduced = matchMedia("(prefers-reduced-motion: reduce)");

  /**
   * @param {Recording} recording
   * @param {(bar: Bar) => boolean} [wanted] which connections are shown
   */
  constructor(recording, wanted = () => true) {
    this.#recording = recording;
    this.#wanted = wanted;
    recording.on("cleared", () => {
      this.#bars.clear();
      this.#lanes.clear();
      this.#rows.replaceChildren();
      this.draw();
    });
    recording.on("added", (entries) => {
      this.#bars.add(entries);
      this.draw();
    });
    this.#bars.add(recording.entries);
    this.draw();
  }

  /** Says what came of a request. @param {number} client @param {string} text */
  note(client, text) {
    this.#notes.set(client, text);
    this.draw();
  }

  /** The bars that are shown. */
  get shown() {
    return [...this.#bars.all.values()].filter(this.#wanted).slice(-MOST_ROWS);
  }

  /** Milliseconds since the recording began. */
  get #now() {
    return performance.timeOrigin + performance.now() - this.#recording.began;
  }

  /** Draws in the next frame, once however often it is asked. */
  draw() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#drawing = false;
    const bars = this.shown;
    const open = bars.filter((bar) => doneAt(bar) === null);
    const from = Math.min(...bars.map(({ made }) => made));
    const last = Math.max(0, ...bars.map((bar) => doneAt(bar) ?? bar.lastByte ?? bar.made));
    const to = open.length ? Math.max(this.#now, last) : last;
    const span = Math.max(to - from, 0.1);
    for (const [n, bar] of bars.entries()) this.#drawRow(bar, n, from, to, span);
    for (const [connection, lane] of this.#lanes)
      if (!bars.some((bar) => bar.connection === connection)) {
        lane.element.remove();
        this.#lanes.delete(connection);
      }
    this.#drawLoop(bars, from, to, span);
    if (this.#table.open) this.#tabulate();
    // What goes on is drawn anew; less often where motion is not wanted.
    if (!open.length || !this.element.isConnected || !this.element.checkVisibility()) return;
    if (this.#reduced.matches) setTimeout(() => this.draw(), 500);
    else this.draw();
  }

  /** @param {Bar} bar @param {number} n @param {number} from @param {number} to @param {number} span */
  #drawRow(bar, n, from, to, span) {
    let lane = this.#lanes.get(bar.connection);
    if (!lane) {
      lane = new Lane(String(n + 1));
      lane.element.tabIndex = this.#lanes.size ? -1 : 0;
      this.#lanes.set(bar.connection, lane);
      this.#rows.append(lane.element);
    }
    const done = doneAt(bar);
    if (lane.finished && lane.span === span) return;
    lane.draw(this.#bars.segments(bar, to), from, span);
    const took = done === null ? "…" : duration(done - bar.made);
    const note = bar.client === null ? "" : (this.#notes.get(bar.client) ?? "");
    lane.say(note ? `${note} · ${took}` : took);
    lane.element.setAttribute("aria-label", this.#sentence(bar, n, to));
    lane.finished = done !== null && (bar.client === null || this.#notes.has(bar.client));
  }

  /** @param {Bar} bar @param {number} n @param {number} now */
  #sentence(bar, n, now) {
    const parts = Object.entries(this.#bars.totals(bar, now)).filter(([, time]) => time >= 0.05);
    const text = parts.map(([phase, time]) => `${PHASES[/** @type {Phase} */ (phase)]} ${duration(time)}`).join(", ");
    return `Request ${n + 1}: connected after ${duration(bar.made - this.shown[0].made)}, ${text}${doneAt(bar) === null ? "" : ", done"}`;
  }

  /** @param {Bar[]} bars @param {number} from @param {number} to @param {number} span */
  #drawLoop(bars, from, to, span) {
    const steps = this.#bars.steps.filter((step) => step.to > from && step.from < to);
    this.#loop.element.hidden = !bars.length;
    /** @type {Segment[]} */
    const segments = steps.map((step) => ({ phase: "running", from: Math.max(step.from, from), to: Math.min(step.to, to) }));
    this.#loop.draw(segments, from, span);
    const long = steps.filter((step) => step.to - step.from >= BLOCKED);
    const blocked = long.reduce((sum, step) => sum + step.to - step.from, 0);
    const numbers = new Map(bars.flatMap((bar, n) => bar.calls.map(({ request }) => [request, n + 1])));
    const by = [...new Set(long.flatMap(({ request }) => numbers.get(request ?? -1) ?? []))];
    this.#loop.say(duration(segments.reduce((sum, step) => sum + step.to - step.from, 0)));
    this.#blocked.hidden = !bars.length;
    this.#blocked.textContent = blocked
      ? `The event loop was blocked for ${duration(blocked)}, ${by.length ? `by ${listed(by)}` : "by the server itself"}: meanwhile nothing else could run.`
      : "Nothing blocked the event loop.";
  }

  /** What the bars show, for who cannot see them. */
  #tabulate() {
    const now = this.#now;
    this.#numbers.replaceChildren(
      ...this.shown.map((bar, n) => {
        const { waiting, running, awaiting, answering } = this.#bars.totals(bar, now);
        const all = (doneAt(bar) ?? now) - bar.made;
        return h("tr", {}, h("th", { scope: "row" }, String(n + 1)), ...[waiting, running, awaiting, answering, all].map((time) => h("td", {}, duration(time))));
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

/** A row: a name, a bar, and a text. */
class Lane {
  #picture = document.createElementNS(SVG, "svg");
  #text = h("span", { class: "runnable-lane-text" });
  element;
  finished = false;
  span = 0;

  /** @param {string} name @param {string} [className] */
  constructor(name, className = "") {
    this.#picture.setAttribute("aria-hidden", "true");
    this.#picture.setAttribute("preserveAspectRatio", "none");
    const tag = className ? "div" : "li";
    this.element = h(tag, { class: `runnable-lane ${className}`.trim() }, h("span", { class: "runnable-lane-name" }, name), this.#picture, this.#text);
  }

  /** @param {Segment[]} segments @param {number} from @param {number} span */
  draw(segments, from, span) {
    this.span = span;
    this.#picture.setAttribute("viewBox", `0 0 ${span} 10`);
    while (this.#picture.childElementCount > segments.length) this.#picture.lastElementChild?.remove();
    for (const [n, { phase, from: start, to }] of segments.entries()) {
      const bar = this.#picture.children[n] ?? this.#picture.appendChild(document.createElementNS(SVG, "rect"));
      const [y, height] = FORMS[phase];
      // A bar stays visible, however short it is.
      const values = { class: `runnable-${phase}`, x: start - from, y, width: Math.max(to - start, span / 400), height };
      for (const [name, value] of Object.entries(values))
        if (bar.getAttribute(name) !== String(value)) bar.setAttribute(name, String(value));
    }
  }

  /** @param {string} text */
  say(text) {
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }
}

/** What each form means. */
function legend() {
  const list = h("ul", { class: "runnable-legend" });
  for (const [phase, text] of Object.entries(PHASES)) {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 20 10");
    picture.setAttribute("aria-hidden", "true");
    const bar = picture.appendChild(document.createElementNS(SVG, "rect"));
    const [y, height] = FORMS[/** @type {Phase} */ (phase)];
    for (const [name, value] of Object.entries({ class: `runnable-${phase}`, x: 0, y, width: 20, height })) bar.setAttribute(name, String(value));
    list.append(h("li", {}, picture, text));
  }
  return list;
}

/** @param {number[]} numbers */
function listed(numbers) {
  if (numbers.length > 1 && numbers.every((number, n) => number === numbers[0] + n)) return `requests ${numbers[0]} to ${numbers.at(-1)}`;
  return `${numbers.length === 1 ? "request" : "requests"} ${numbers.slice(0, 20).join(", ")}${numbers.length > 20 ? ", …" : ""}`;
}
