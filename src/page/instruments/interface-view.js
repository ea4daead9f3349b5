// The Interface view: what the server and the application say to each other, call by call.

import specifications from "../../../docs/includes/links.md";
import { h, labelled } from "../views/dom.js";
import { duration } from "../views/body.js";
import { Calls, isLifespan, labelOf, titleOf, toApplication } from "./calls.js";
import { environGroups } from "./environ.js";
import { meaningOf } from "./meanings.js";
import { offer, stays } from "./offering.js";
import { breaches } from "./rules.js";
import { saving } from "./saving.js";
import { repr } from "./values.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Entry} from "../shared/recording.js" */
/** @import {Call} from "./calls.js" */

/** Of a call, so many entries are shown: a stream may have no end. */
const SHOWN_ENTRIES = 300;
/** And of all calls, the last so many. */
const SHOWN_CALLS = 100;

export class InterfaceView {
  #calls = new Calls();
  #choice = h("select", { change: () => this.#choose(Number(this.#choice.value)) });
  #status = h("p", { class: "runnable-summary", role: "status" });
  #exchange = new Sequence("Server and application, in order");
  #lifespan = new Sequence("Lifespan, in order");
  #lifespanPlace = h("details", { class: "runnable-more", hidden: true }, h("summary", {}, "Lifespan: the server's start and stop"), this.#lifespan.element);
  /** The call that is shown. @type {Call | null} */
  #shown = null;
  /** Whether a reader has chosen it; otherwise it is the newest. */
  #chosen = false;
  #drawing = false;
  #recording;
  element;

  /** @param {ExampleServer} server */
  constructor(server) {
    this.#recording = server.recording;
    this.element = h(
      "div",
      { class: "runnable-instrument" },
      h("div", { class: "runnable-row" }, labelled("Call of the application", this.#choice), saving(server)),
      this.#status,
      this.#exchange.element,
      this.#lifespanPlace,
    );
    this.#recording.on("cleared", () => this.#clear());
    this.#recording.on("added", (entries) => this.#add(entries));
    this.#add(this.#recording.entries);
  }

  #clear() {
    this.#calls.clear();
    this.#shown = null;
    this.#chosen = false;
    this.#add([]);
  }

  /** @param {Entry[]} entries */
  #add(entries) {
    const changed = this.#calls.add(entries);
    const newest = [...changed].findLast((call) => !isLifespan(call));
    // A click of the reader's stays; a call that is running still goes on.
    if (newest && !this.#chosen) this.#shown = newest;
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#draw());
  }

  /** @param {number} request */
  #choose(request) {
    this.#shown = this.#calls.all.get(request) ?? null;
    this.#chosen = stays(this.#choice);
    this.#draw();
  }

  #draw() {
    this.#drawing = false;
    const calls = [...this.#calls.all.values()];
    const lifespan = calls.find(isLifespan);
    const exchanges = calls.filter((call) => !isLifespan(call)).slice(-SHOWN_CALLS);
    this.#lifespanPlace.hidden = !lifespan;
    if (lifespan) this.#lifespan.show(lifespan);
    const offers = exchanges.map((call, n) => ({ value: String(call.request), label: `${n + 1}: ${titleOf(call).slice(0, 80)}` }));
    offer(this.#choice, offers, this.#shown && String(this.#shown.request));
    this.#exchange.element.hidden = !this.#shown;
    if (this.#shown) this.#exchange.show(this.#shown);
    this.#say();
  }

  /** One line, which is read out: not each entry. */
  #say() {
    const call = this.#shown;
    let text = "Send a request: what the server and the application say to each other appears here.";
    if (call) {
      const broken = breaches(call).size;
      const state = call.ended ? "has ended" : "is running";
      text = `${titleOf(call).slice(0, 80)} ${state}${broken ? `, and breaks ${broken === 1 ? "a rule" : `${broken} rules`}` : ""}.`;
    }
    const { dropped } = this.#recording;
    if (dropped) text += ` ${dropped} entries were dropped: the recorder keeps the newest.`;
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}

/** A call's entries in two lanes. */
class Sequence {
  #list;
  #more = h("p", { class: "runnable-hint", hidden: true });
  element;
  /** @type {Call | null} */
  #call = null;
  #drawn = 0;
  /** The rows, by their entries' numbers. @type {Map<number, Row>} */
  #rows = new Map();

  /** @param {string} label */
  constructor(label) {
    this.#list = h("ol", { class: "runnable-sequence", "aria-label": label });
    const heads = h("div", { class: "runnable-lanes", "aria-hidden": "true" }, h("span", {}, "Server"), h("span", {}, "Application"));
    this.element = h("div", {}, heads, this.#list, this.#more);
  }

  /** @param {Call} call */
  show(call) {
    if (call !== this.#call) {
      this.#call = call;
      this.#drawn = 0;
      this.#rows.clear();
      this.#list.replaceChildren();
    }
    const shown = call.entries.slice(0, SHOWN_ENTRIES);
    const lifespan = isLifespan(call);
    for (const entry of shown.slice(this.#drawn)) {
      const row = new Row(entry, call.entries[0].at, lifespan);
      this.#rows.set(entry.n, row);
      this.#list.append(row.element);
    }
    this.#drawn = shown.length;
    // A rule may turn out to be broken by what came later.
    for (const [n, breach] of breaches(call)) this.#rows.get(n)?.mark(breach);
    const left = call.entries.length - shown.length;
    this.#more.hidden = !left;
    this.#more.textContent = `${left} more entries are not shown. All are in the saved file.`;
  }
}

/** One entry; it opens by a click or a key. */
class Row {
  #summary;
  #details;
  #breach = h("p", { class: "runnable-breach", hidden: true });
  element;

  /** @param {Entry} entry @param {number} began when the call began @param {boolean} lifespan */
  constructor(entry, began, lifespan) {
    const there = toApplication(entry);
    const waited = entry.took !== null && entry.took >= 1 ? ` after ${duration(entry.took)}` : "";
    this.#summary = h(
      "summary",
      {},
      h("span", { class: "runnable-time" }, `+${duration(entry.at - began)}`),
      h("span", { class: "runnable-direction", role: "img", "aria-label": there ? "to the application:" : "to the server:" }, there ? "→" : "←"),
      h("code", {}, labelOf(entry).slice(0, 200)),
      h("span", { class: "runnable-waited" }, waited),
    );
    this.#details = h("details", { toggle: () => this.#open(entry, lifespan) }, this.#summary);
    this.element = h("li", { class: there ? "runnable-to-application" : "runnable-to-server" }, this.#details, this.#breach);
  }

  /** @param {Entry} entry @param {boolean} lifespan */
  #open(entry, lifespan) {
    if (this.#details.childElementCount > 1) return;
    const { text, spec } = meaningOf(entry, lifespan);
    const facts = [entry.task && `task ${entry.task.slice(0, 100)}`, entry.connection && `connection ${entry.connection}`].filter(Boolean);
    this.#details.append(
      h("p", {}, `${text} `, linkTo(spec)),
      ...valueOf(entry),
      h("p", { class: "runnable-hint" }, facts.join(", ")),
    );
  }

  /** @param {import("./rules.js").Breach} breach */
  mark({ rule, spec }) {
    if (!this.#breach.hidden) return;
    this.#breach.hidden = false;
    this.#breach.replaceChildren(h("strong", {}, "Forbidden: "), `${rule} `, linkTo(spec));
    this.element.classList.add("runnable-broken");
  }
}

/** @param {string} label */
function linkTo(label) {
  const address = specifications[label];
  return address ? h("a", { href: address }, label.startsWith("pep") ? "PEP 3333" : label.startsWith("asgi") ? "ASGI" : label.startsWith("rfc") ? "RFC 9110" : "aiohttp") : "";
}

/** @param {Entry} entry */
function valueOf(entry) {
  if (entry.value === null) return [];
  const groups = entry.kind === "wsgi.call" ? environGroups(entry.value) : [["", repr(entry.value)]];
  return groups.flatMap(([title, text]) => [
    ...(title ? [h("p", { class: "runnable-group" }, title)] : []),
    h("pre", { class: "runnable-value", tabindex: "0", "aria-label": title || "Value" }, text),
  ]);
}
