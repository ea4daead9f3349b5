// Shows what the server logged and the program printed, in order.

import { h } from "./dom.js";

/** The page shows this much of the end; `text` has all of it. */
const SHOWN_CHARACTERS = 200_000;

export class LogView {
  element = h("pre", { class: "runnable-log", tabindex: "0", role: "log", "aria-label": "Log" });
  /** All that was logged. */
  text = "";
  #shown = 0;
  #waiting = "";

  /** @param {string} text */
  append(text) {
    this.text += text;
    this.#add(text);
  }

  /** Shows, as a terminal would, the command that starts what logs from here on. @param {string} command */
  prompt(command) {
    this.#add(`${this.#shown ? "\n" : ""}$ ${command}\n`);
  }

  /** @param {string} text */
  #add(text) {
    this.#shown += text.length;
    // Once a frame: a program may print without end, and the page must stay able to stop it.
    if (!this.#waiting) requestAnimationFrame(() => this.#show());
    this.#waiting += text;
  }

  /** A hidden element has no height: called again when it is shown. */
  scrollToEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #show() {
    const { element } = this;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 8;
    if (this.#shown > SHOWN_CHARACTERS) element.textContent = (element.textContent + this.#waiting).slice(-SHOWN_CHARACTERS);
    else element.append(this.#waiting);
    this.#waiting = "";
    if (atEnd) this.scrollToEnd();
  }
}
