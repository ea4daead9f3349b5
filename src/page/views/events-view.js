// Lists the server-sent events of an answer as they come. What reads them is fetched with the first such answer.

import { RELOAD } from "../shared/versions.js";
import { h } from "./dom.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Exchange} from "../server/exchange.js" */
/** @import {Tab} from "./tabs.js" */

export class EventsView {
  element = h("div");
  #tab;
  /** The answer whose events are shown. @type {Exchange | null} */
  #shown = null;

  /** @param {ExampleServer} server @param {Tab} tab */
  constructor(server, tab) {
    this.#tab = tab;
    tab.button.hidden = true; // until there are events
    server.on("sent", ([exchange]) => {
      this.#shown = exchange;
      tab.button.hidden = true;
      exchange.on("head", ({ headers }) => {
        const isStream = headers.some(([name, value]) => /^content-type$/i.test(name) && /^text\/event-stream/i.test(value));
        if (isStream && this.#shown === exchange) void this.#show(exchange);
      });
    });
    server.on("statechange", ({ state }) => {
      if (state === "loading") tab.button.hidden = true;
    });
  }

  /** @param {Exchange} exchange */
  async #show(exchange) {
    this.#tab.button.hidden = false;
    this.#tab.announce();
    try {
      const { EventList } = await import("../streams/event-list.js");
      this.element.replaceChildren(new EventList(exchange).element);
    } catch (error) {
      const reason = /** @type {Error} */ (error).message;
      this.element.replaceChildren(h("p", { class: "runnable-error" }, `The view could not be loaded: ${reason}. ${RELOAD}`));
    }
  }
}
