// Shows an application's page as a browser does. Its browser is fetched when a reader opens it.

import { RELOAD } from "../shared/versions.js";
import { h } from "./dom.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {HttpRequest, HttpResponse} from "../shared/types.js" */
/** @import {Tab} from "./tabs.js" */
/** @typedef {import("../browser/browser.js").Browser} Browser */

const HTML = /^(text\/html|application\/xhtml\+xml)/i;

export class PageView {
  element = h("div");
  #server;
  /** @type {Browser | null} */
  #browser = null;
  /** The answer that is to be shown when a reader opens the view. @type {{request: HttpRequest, response: HttpResponse} | null} */
  #waiting = null;

  /** @param {ExampleServer} server @param {Tab} tab */
  constructor(server, tab) {
    this.#server = server;
    tab.button.hidden = true; // until there is a page
    tab.onSelect = () => void this.#open();
    server.on("sent", (exchanges) => {
      const [exchange] = exchanges;
      exchange.on("end", ({ response }) => {
        const type = response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
        if (exchanges.length > 1 || !HTML.test(type)) return;
        this.#waiting = { request: exchange.request, response };
        tab.button.hidden = false;
        tab.announce();
      });
    });
    server.on("statechange", ({ state }) => {
      // Its cookies were given by a server that is gone.
      if (state !== "loading") return;
      this.#browser?.close();
      this.#browser = this.#waiting = null;
      tab.button.hidden = true;
    });
  }

  async #open() {
    const waiting = this.#waiting;
    if (!waiting) return;
    try {
      const { Browser } = await import("../browser/browser.js");
      if (this.#waiting !== waiting) return;
      this.#waiting = null;
      this.#browser ??= new Browser(this.#server);
      this.element.replaceChildren(this.#browser.element);
      this.#browser.show(waiting.request, waiting.response);
    } catch (error) {
      const reason = /** @type {Error} */ (error).message;
      this.element.replaceChildren(h("p", { class: "runnable-error" }, `The view could not be loaded: ${reason}. ${RELOAD}`));
    }
  }
}
