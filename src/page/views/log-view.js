// Shows what the server logged and the program printed, in order.

import { h } from "./dom.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Tab} from "./tabs.js" */

/** The page shows about this much of the end: a longer text takes the browser too long to lay out. */
const SHOWN_CHARACTERS = 100_000;
const EARLIER = "… earlier lines are not shown …\n";

export class LogView {
  element = h("pre", { class: "runnable-log", tabindex: "0", role: "log", "aria-label": "Log" });
  #empty = true;
  /** Whether the run that goes on has logged anything. */
  #logged = false;
  #waiting = "";

  /** @param {ExampleServer} server @param {Tab} tab */
  constructor(server, tab) {
    server.on("log", (text) => {
      this.#add(text);
      tab.announce();
    });
    server.on("statechange", ({ state }) => {
      // As in a terminal, what the server logs from here on is under the command that starts it.
      if (state === "starting") this.#add(`${this.#empty ? "" : "\n"}$ ${server.running?.server.command}\n`);
      if (state === "loading") this.#logged = false;
      // A download that fails has nothing to show here.
      if (state === "failed" && this.#logged) {
        tab.select();
        this.#scrollToEnd(); // A hidden element has no height to scroll.
      }
    });
  }

  /** @param {string} text */
  #add(text) {
    this.#empty = false;
    this.#logged = true;
    // Once a frame: a program may print without end, and the page must stay able to stop it.
    if (!this.#waiting) requestAnimationFrame(() => this.#show());
    this.#waiting += text;
    // A page that is not seen has no frames.
    if (this.#waiting.length > 2 * SHOWN_CHARACTERS) this.#waiting = this.#waiting.slice(-SHOWN_CHARACTERS);
  }

  #scrollToEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #show() {
    const { element } = this;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 8;
    const shown = element.textContent.length + this.#waiting.length;
    if (shown > 2 * SHOWN_CHARACTERS) element.textContent = EARLIER + (element.textContent + this.#waiting).slice(-SHOWN_CHARACTERS);
    else element.append(this.#waiting);
    this.#waiting = "";
    if (atEnd) this.#scrollToEnd();
  }
}
