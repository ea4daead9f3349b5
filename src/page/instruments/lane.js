// A row of a waterfall: a name, a bar of segments, and a text; and what the segments' forms mean.

import { h } from "../views/dom.js";

/** @import {Phase, Segment} from "./bars.js" */

/** @type {Record<Phase, string>} */
export const PHASES = { waiting: "waiting for the server", running: "running", awaiting: "awaiting", answering: "answering" };
/** @type {Record<Phase, [number, number]>} y and height: the phases differ in form, not by colour alone */
const FORMS = { waiting: [4, 2], running: [0, 10], awaiting: [2.5, 5], answering: [0, 10] };
const SVG = "http://www.w3.org/2000/svg";
/** A segment stays visible, however short it is: of the whole width, this part. */
const LEAST = 1 / 400;

/** Draws only what differs from what it has drawn: many rows are drawn in each frame. */
export class Lane {
  #picture = document.createElementNS(SVG, "svg");
  #text = h("span", { class: "runnable-lane-text" });
  /** @type {{bar: SVGElement, phase: Phase | null, x: number, width: number}[]} */
  #drawn = [];
  #span = 0;
  #said = "";
  element;
  /** Its segments, where nothing new is known of them. @type {Segment[] | null} */
  finished = null;

  /** @param {string} name @param {string} [className] */
  constructor(name, className = "") {
    this.#picture.setAttribute("aria-hidden", "true");
    this.#picture.setAttribute("preserveAspectRatio", "none");
    const tag = className ? "div" : "li";
    this.element = h(tag, { class: `runnable-lane ${className}`.trim() }, h("span", { class: "runnable-lane-name" }, name), this.#picture, this.#text);
  }

  /** @param {Segment[]} segments @param {number} from @param {number} span */
  draw(segments, from, span) {
    if (span !== this.#span) this.#picture.setAttribute("viewBox", `0 0 ${span} 10`);
    this.#span = span;
    for (const { bar } of this.#drawn.splice(segments.length)) bar.remove();
    for (const [n, { phase, from: start, to }] of segments.entries()) {
      const drawn = (this.#drawn[n] ??= { bar: this.#picture.appendChild(document.createElementNS(SVG, "rect")), phase: null, x: NaN, width: NaN });
      const x = start - from;
      const width = Math.max(to - start, span * LEAST);
      if (drawn.phase !== phase) setForm(drawn.bar, phase);
      if (drawn.x !== x) drawn.bar.setAttribute("x", String(x));
      if (drawn.width !== width) drawn.bar.setAttribute("width", String(width));
      Object.assign(drawn, { phase, x, width });
    }
  }

  /** @param {string} text */
  say(text) {
    if (this.#said !== text) this.#text.textContent = this.#said = text;
  }
}

/** @param {Element} bar @param {Phase} phase */
function setForm(bar, phase) {
  const [y, height] = FORMS[phase];
  for (const [name, value] of Object.entries({ class: `runnable-${phase}`, y, height })) bar.setAttribute(name, String(value));
}

/** What each form means. */
export function legend() {
  const list = h("ul", { class: "runnable-legend" });
  for (const [phase, text] of Object.entries(PHASES)) {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 20 10");
    picture.setAttribute("aria-hidden", "true");
    const bar = picture.appendChild(document.createElementNS(SVG, "rect"));
    bar.setAttribute("width", "20");
    setForm(bar, /** @type {Phase} */ (phase));
    list.append(h("li", {}, picture, text));
  }
  return list;
}
