// The toolbar below the code: Run and Stop, which server runs and how it is, the download's progress, Edit and Reset.

import { size } from "./body.js";
import { button, h } from "./dom.js";

/** @import {Server} from "../shared/messages.js" */
/** @import {State} from "../server/runner.js" */
/** @import {ServerChoice} from "./server-choice.js" */

export class Toolbar {
  #dot = h("span", { class: "runnable-dot", "aria-hidden": "true" });
  #text = h("span", { role: "status" });
  #mark = h("span", { class: "runnable-mark", hidden: true }, "edited");
  #bar = h("progress", { "aria-label": "Download" });
  #bytes = h("span");
  #progress = h("div", { class: "runnable-progress", hidden: true }, this.#bar, this.#bytes);
  #server = "";
  #running = false;
  run;
  again;
  edit;
  reset;
  element;

  /**
   * @param {ServerChoice} choice
   * @param {{run: () => void, stop: () => void, edit: () => void, reset: () => void}} actions
   */
  constructor(choice, actions) {
    // One button for both, so that the keyboard's focus stays; a double click is one click.
    this.run = button("", ({ detail }) => detail < 2 && actions[this.#running ? "stop" : "run"](), {
      class: "runnable-button runnable-button--strong runnable-run",
    });
    // It goes as soon as it is pressed, and must not take the keyboard's focus with it.
    const again = () => (this.run.focus(), actions.run());
    this.again = button("Run again", again, { hidden: true });
    this.edit = button("Edit", actions.edit);
    this.reset = button("Reset", actions.reset);
    this.element = h(
      "div",
      {},
      h(
        "div",
        { class: "runnable-toolbar" },
        this.run,
        choice.element,
        h("p", { class: "runnable-status" }, this.#dot, this.#text, this.#mark),
        this.again,
        this.edit,
        this.reset,
      ),
      this.#progress,
      choice.note,
    );
  }

  /**
   * @param {object} now
   * @param {State} now.state
   * @param {string} now.message why it failed
   * @param {boolean} now.warm whether Python has started
   * @param {Server} now.server that runs, or ran last
   * @param {Server} now.next that the next run takes
   */
  state({ state, message, warm, server, next }) {
    const [name, other] = [server.title, next.title];
    this.#running = ["loading", "starting", "ready"].includes(state);
    this.run.textContent = this.#running ? "Stop" : "Run";
    this.#server = name;
    this.#text.textContent = {
      idle: `${other}, in your browser`,
      loading: `Loading ${warm ? name : "Python"} …`,
      starting: `Starting ${name} …`,
      ready: server === next ? `${name} is running, in your browser` : `${name} is running; Run again starts ${other}`,
      failed: message,
      stopped: server === next ? `${name} is stopped` : `${other}, in your browser`,
    }[state];
    this.#progress.hidden = state !== "loading";
  }

  /**
   * @param {number} loaded bytes
   * @param {number} total bytes
   * @param {boolean} warm whether Python has started
   */
  progress(loaded, total, warm) {
    this.#bar.max = total;
    this.#bar.value = loaded;
    this.#bytes.textContent = `${warm ? this.#server : "Python runtime"}: ${size(loaded)} of ${size(total)}`;
  }

  /**
   * @param {object} source
   * @param {boolean} source.edited
   * @param {boolean} source.open whether the editor is
   * @param {boolean} source.differs from what runs now
   */
  source({ edited, open, differs }) {
    this.#mark.hidden = !edited;
    this.edit.textContent = open ? "Close editor" : "Edit";
    this.edit.hidden = edited && open;
    this.reset.hidden = !edited;
    this.again.hidden = !(this.#running && differs);
  }
}
