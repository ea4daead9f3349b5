// Shows an answer while it comes: start line, headers, body; or many answers at once, a line each.

import { SHOWN_BYTES, bodyKind, decoder, duration, hexDump, prettyJson, size } from "./body.js";
import { button, h } from "./dom.js";
import { headLines } from "./head.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Exchange} from "../server/exchange.js" */
/** @import {HttpResponse} from "../shared/types.js" */
/** @import {Tab} from "./tabs.js" */

/** A body of more pieces than this is shown without their times. */
const SHOWN_PIECES = 500;
/** After the last answer, so long the recorder is watched: it tells in batches. */
const LAST_ENTRIES_MS = 1000;

export class ResponseView {
  #summary = h("p", { class: "runnable-summary", "aria-live": "polite" });
  #content = h("div", { class: "runnable-response" });
  element = h("div", {}, this.#summary, this.#content);

  #server;
  #stopWatching = () => {};

  /** @param {ExampleServer} server @param {Tab} tab */
  constructor(server, tab) {
    this.#server = server;
    server.on("sent", (exchanges) => {
      this.element.hidden = false;
      tab.offer();
      this.#stopWatching();
      if (exchanges.length > 1) this.#showBatch(exchanges);
      else this.#showOne(exchanges[0]);
    });
    server.on("connected", () => (this.element.hidden = true));
    server.on("statechange", ({ state }) => {
      if (state !== "loading") return;
      this.element.hidden = false;
      tab.offer();
      // What one server answered is not shown under the name of another.
      this.#summary.replaceChildren();
      this.#content.replaceChildren(h("p", { class: "runnable-hint" }, "The answer appears here."));
    });
  }

  /** Who answers. */
  get #title() {
    return this.#server.running?.server.title ?? "";
  }

  /** @param {Exchange} exchange */
  #showOne(exchange) {
    const label = `${exchange.request.method} ${exchange.request.path}`;
    const server = this.#title;
    const head = h("pre", { class: "runnable-head", tabindex: "0", "aria-label": "Status line and headers" });
    const body = h("pre", { class: "runnable-body", tabindex: "0", "aria-label": "Body" });
    let left = false;
    const leave = () => {
      left = true;
      this.#server.cancel();
    };
    this.#summary.replaceChildren(`${label} … `, button("Leave now", leave));
    this.#content.replaceChildren(head, body);
    /** @type {{kind: string, charset: string}} */
    let { kind, charset } = { kind: "text", charset: "utf-8" };
    let text = decoder(charset);
    let pieces = 0;
    let shown = 0;
    exchange.on("head", ({ startLine, headers }) => {
      ({ kind, charset } = bodyKind(headers));
      text = decoder(charset);
      head.replaceChildren(...headLines(startLine, headers));
    });
    exchange.on("data", ({ data, at }) => {
      pieces++;
      if (kind === "binary" || pieces > SHOWN_PIECES || shown > SHOWN_BYTES) return;
      shown += data.length;
      const piece = text.decode(data.subarray(0, SHOWN_BYTES), { stream: true });
      body.append(
        h(
          "span",
          { class: "runnable-piece" },
          h("span", { class: "runnable-time", "aria-hidden": "true" }, `+${duration(at)}`),
          h("span", {}, piece),
        ),
      );
      body.classList.toggle("runnable-body--pieces", pieces > 1);
    });
    exchange.on("end", ({ response, at }) => {
      const count = pieces > 1 ? ` in ${pieces} pieces` : "";
      const weight = `${size(response.body.length)}${count}`;
      this.#summary.textContent = `${label} → ${statusOf(response)} · ${duration(at)} · ${weight} · ${server}`;
      this.#finish(body, kind, charset, response, pieces);
    });
    exchange.on("error", ({ message }) => {
      const told = left ? `You left after ${pieces} ${pieces === 1 ? "piece" : "pieces"} of the answer.` : message;
      this.#summary.replaceChildren(`${label}: `, h("span", { class: "runnable-error" }, told));
    });
  }

  /** Shows many answers, a bar each, as they come. @param {Exchange[]} exchanges */
  #showBatch(exchanges) {
    const { method, path } = exchanges[0].request;
    const server = this.#title;
    const { recording } = this.#server;
    const place = h("div");
    const stop = (this.#stopWatching = recording.watch());
    /** What came of each, until the bars are there. @type {Map<number, string>} */
    const notes = new Map();
    /** @type {(id: number, text: string) => void} */
    let note = (id, text) => notes.set(id, text);
    this.#summary.textContent = `${method} ${path}, ${exchanges.length} at once …`;
    this.#content.replaceChildren(place);
    void import("../instruments/waterfall-view.js").then(({ Waterfall }) => {
      const ids = new Set(exchanges.map(({ id }) => id));
      const waterfall = new Waterfall(recording, { wanted: ({ client }) => client !== null && ids.has(client) });
      place.append(waterfall.element);
      note = (id, text) => waterfall.note(id, text);
      for (const [id, text] of notes) note(id, text);
    }).catch((error) => console.error("The bars could not be loaded:", error));
    let left = exchanges.length;
    let longest = 0;
    for (const exchange of exchanges) {
      /** @param {string} text @param {number} at */
      const finish = (text, at) => {
        note(exchange.id, text);
        longest = Math.max(longest, at);
        if (--left) return;
        this.#summary.textContent = `${exchanges.length} answers in ${duration(longest)} · ${server}`;
        setTimeout(stop, LAST_ENTRIES_MS);
      };
      exchange.on("end", ({ response, at }) => finish(statusOf(response), at));
      exchange.on("error", ({ message, at }) => finish(message, at));
    }
  }

  /**
   * @param {HTMLElement} body
   * @param {string} kind
   * @param {string} charset
   * @param {HttpResponse} response
   * @param {number} pieces
   */
  #finish(body, kind, charset, response, pieces) {
    const bytes = response.body;
    if (!bytes.length) body.replaceChildren(h("em", {}, "No body."));
    else if (kind === "binary") body.textContent = hexDump(bytes);
    else if (bytes.length > SHOWN_BYTES || pieces > SHOWN_PIECES) {
      body.classList.remove("runnable-body--pieces");
      body.textContent = decoder(charset).decode(bytes.subarray(0, SHOWN_BYTES));
      if (bytes.length > SHOWN_BYTES) body.append(h("em", {}, `\n… the first ${size(SHOWN_BYTES)} are shown.`));
    } else if (kind === "json") {
      const text = decoder(charset).decode(bytes);
      body.textContent = prettyJson(text) ?? text;
    }
  }
}

/** @param {HttpResponse} response */
const statusOf = ({ status, reason }) => `${status} ${reason}`.trim();
