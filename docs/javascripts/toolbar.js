// The toolbar below the code: Run and Stop, which server runs and how it is, the download's progress, Edit and Reset.

import { button, h } from "./dom.js";

/** @import {State} from "./runner.js" */

/** How readers know the servers of examples/servers.toml. @type {Record<string, string>} */
const SERVER_NAMES = { uvicorn: "Uvicorn", gunicorn: "Gunicorn", aiohttp: "aiohttp’s server" };

const MEGABYTE = 1_000_000;

export class Toolbar {
  #server;
  #dot = h("span", { class: "runnable-dot", "aria-hidden": "true" });
  #text = h("span", { role: "status" });
  #mark = h("span", { class: "runnable-mark", hidden: true }, "edited");
  #bar = h("progress", { "aria-label": "Download of the Python runtime" });
  #bytes = h("span");
  #progress = h("div", { class: "runnable-progress", hidden: true }, this.#bar, this.#bytes);
  run;
  again;
  edit;
  reset;
  element;

  /**
   * @param {string} server
   * @param {{run: () => void, stop: () => void, edit: () => void, reset: () => void}} actions
   */
  constructor(server, actions) {
    this.#server = SERVER_NAMES[server] ?? server;
    // One button for both, so that the keyboard's focus stays; a double click is one click.
    this.run = button("", ({ detail }) => detail < 2 && actions[this.#running ? "stop" : "run"](), {
      class: "runnable-button runnable-button--strong runnable-run",
    });
    this.again = button("Run again", actions.run, { hidden: true });
    this.edit = button("Edit", actions.edit);
    this.reset = button("Reset", actions.reset);
    this.element = h(
      "div",
      {},
      h(
        "div",
        { class: "runnable-toolbar" },
        this.run,
        this.again,
        h("p", { class: "runnable-status" }, this.#dot, this.#text, this.#mark),
        this.edit,
        this.reset,
      ),
      this.#progress,
    );
    this.state("idle", "");
  }

  #running = false;

  /**
   * @param {State} state
   * @param {string} message why it failed
   */
  state(state, message) {
    this.#running = ["loading", "starting", "ready"].includes(state);
    this.run.textContent = this.#running ? "Stop" : "Run";
    this.#text.textContent = {
      idle: `${this.#server}, in your browser`,
      loading: "Loading Python …",
      starting: `Starting ${this.#server} …`,
      ready: `${this.#server} is running, in your browser`,
      failed: message,
      stopped: `${this.#server} is stopped`,
    }[state];
    this.#progress.hidden = state !== "loading";
  }

  /**
   * @param {number} loaded bytes
   * @param {number} total bytes
   */
  progress(loaded, total) {
    this.#bar.max = total;
    this.#bar.value = loaded;
    const [part, whole] = [loaded, total].map((bytes) => (bytes / MEGABYTE).toFixed(1));
    this.#bytes.textContent = `Python runtime: ${part} of ${whole} MB`;
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
