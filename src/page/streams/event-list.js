// The events of a text/event-stream, a line each, with what the HTML standard gives them: type, id, data; and retry.

import { createParser } from "eventsource-parser";
import { duration } from "../views/body.js";
import { h } from "../views/dom.js";

/** @import {Exchange} from "../server/exchange.js" */

/** So many of the last events are shown: a server may send without end. */
const SHOWN_EVENTS = 500;
/** Of an event, so much is shown. */
const SHOWN_CHARACTERS = 5000;

export class EventList {
  #list = h("ol", { class: "runnable-frames runnable-events", tabindex: "0", "aria-label": "Events" });
  #summary = h("p", { class: "runnable-summary", role: "status" });
  element = h("div", {}, this.#summary, this.#list);
  #count = 0;
  #at = 0;
  /** What the next frame of the screen will show. @type {HTMLElement[]} */
  #waiting = [];

  /** @param {Exchange} exchange what of it has come already is shown too */
  constructor(exchange) {
    const text = new TextDecoder();
    const parser = createParser({
      onEvent: ({ event, id, data }) => {
        this.#count++;
        this.#add(event ?? "message", data, id === undefined ? "" : `id ${id}`);
      },
      onRetry: (milliseconds) => this.#add("retry", `A client that loses the connection waits ${milliseconds} ms.`),
      onComment: (comment) => this.#add("comment", comment),
    });
    /** @param {Uint8Array} data @param {number} at */
    const feed = (data, at) => {
      this.#at = at;
      parser.feed(text.decode(data, { stream: true }));
    };
    this.#summary.textContent = "The stream is open.";
    const { chunks, times } = exchange.response;
    for (const [n, data] of chunks.entries()) feed(data, times[n]);
    exchange.on("data", ({ data, at }) => feed(data, at));
    exchange.on("end", () => this.#end("The server ended the stream"));
    exchange.on("error", ({ message }) => this.#end(message.replace(/\.$/, "")));
    if (exchange.over) this.#end("The stream has ended");
  }

  /** @param {string} how */
  #end(how) {
    this.#summary.textContent = `${how}, after ${this.#count} ${this.#count === 1 ? "event" : "events"}.`;
  }

  /** @param {string} kind @param {string} data @param {string} id */
  #add(kind, data, id = "") {
    if (!this.#waiting.length) requestAnimationFrame(() => this.#show());
    const shown = data.length > SHOWN_CHARACTERS ? `${data.slice(0, SHOWN_CHARACTERS)} …` : data;
    this.#waiting.push(
      h(
        "li",
        { class: "runnable-frame" },
        h("span", { class: "runnable-time" }, `+${duration(this.#at)}`),
        h("span", { class: "runnable-event-kind" }, kind, ...(id ? [h("small", {}, ` ${id}`)] : [])),
        h("code", {}, shown),
      ),
    );
    if (this.#waiting.length > SHOWN_EVENTS) this.#waiting.shift();
  }

  #show() {
    this.#list.append(...this.#waiting);
    this.#waiting = [];
    while (this.#list.childElementCount > SHOWN_EVENTS) this.#list.firstElementChild?.remove();
    this.#list.scrollTop = this.#list.scrollHeight;
  }
}
