// The toolbar below the code, always in sight while the code is: Run and Stop, which server runs and how it is, the download's progress, Edit and Reset.

import { size } from "./body.js";
import { Busy } from "./busy.js";
import { button, h } from "./dom.js";
import { watchInterest } from "./interest.js";
import { Machine } from "./machine.js";
import { bytesOfRun, fetchedNames } from "../server/packages.js";
import { ServerChoice } from "./server-choice.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Editing} from "./editing.js" */

/** Whether Python has been fetched: what is fetched now is something else. */
const isWarm = () => fetchedNames().length > 0;

export class Toolbar {
  #dot = h("span", { class: "runnable-dot", "aria-hidden": "true" });
  #text = h("span", { role: "status" });
  /** Not in the status, which would be read out whenever another example has run. */
  #weight = h("span");
  #mark = h("span", { class: "runnable-mark", hidden: true }, "edited");
  #bar = h("progress", { "aria-label": "Download" });
  #bytes = h("span");
  #progress = h("div", { class: "runnable-progress", hidden: true }, this.#bar, this.#bytes);
  // One button for both, so that the keyboard's focus stays; a double click is one click.
  #run = button("", ({ detail }) => detail < 2 && this.#runOrStop(), {
    class: "runnable-button runnable-button--strong runnable-run",
  });
  #again = button("Run again", () => this.#runAgain(), { hidden: true });
  #edit = button("Edit", () => this.#editing.toggle(), { title: "Or click into the code" });
  #reset = button("Reset", () => this.#resetSource());
  #server;
  #editing;
  /** The part that stays in sight. */
  element;
  /** What is below it. */
  about;

  /**
   * @param {ExampleServer} server
   * @param {Editing} editing
   */
  constructor(server, editing) {
    this.#server = server;
    this.#editing = editing;
    const choice = new ServerChoice(server);
    const busy = new Busy(server);
    this.element = h(
      "div",
      { class: "runnable-controls" },
      h(
        "div",
        { class: "runnable-toolbar" },
        this.#run,
        choice.element,
        h("p", { class: "runnable-status" }, this.#dot, this.#text, this.#weight, busy.clock, this.#mark),
        this.#again,
        this.#edit,
        this.#reset,
      ),
      this.#progress,
      busy.element,
    );
    this.about = h("div", {}, choice.note, new Machine(server).element);
    this.#show();
    server.on("statechange", () => this.#show());
    server.on("fetched", () => this.#showWeight());
    server.on("progress", ({ loaded, total }) => this.#showProgress(loaded, total));
    server.draft.on("source", () => this.#show());
    server.draft.on("server", () => this.#show());
    editing.on("toggle", () => this.#show());
    editing.on("leave", () => this.#run.focus({ preventScroll: true }));
    watchInterest(this.#run, this.element, () => {
      if (this.element.isConnected && !server.active) server.prepare();
    });
  }

  #runOrStop() {
    if (this.#server.active || this.#server.state === "stopping") void this.#server.stop();
    else void this.#server.runAndSend();
  }

  #runAgain() {
    this.#run.focus(); // "Run again" disappears, and must not take the keyboard's focus with it.
    void this.#server.runAndSend();
  }

  #resetSource() {
    this.#editing.reset();
    this.#edit.focus();
  }

  #show() {
    const { active, draft, message, running, state } = this.#server;
    const next = draft.server;
    const server = running?.server ?? next;
    this.#run.textContent = active || state === "stopping" ? "Stop" : "Run";
    this.#text.textContent = {
      idle: `${next.title}, in your browser`,
      loading: `Loading ${isWarm() ? server.title : "Python"} …`,
      starting: `Starting ${server.title} …`,
      ready: `${server.title} is running${server === next ? ", in your browser" : `; Run again starts ${next.title}`}`,
      failed: message,
      stopping: `Stopping ${server.title} …`,
      stopped: server === next ? `${server.title} is stopped` : `${next.title}, in your browser`,
    }[state];
    this.#showWeight();
    if (state !== "loading") this.#progress.hidden = true;
    this.#mark.hidden = !draft.edited;
    this.#edit.textContent = this.#editing.isOpen ? "Close editor" : "Edit";
    this.#edit.hidden = draft.edited && this.#editing.isOpen;
    this.#reset.hidden = !draft.edited;
    this.#again.hidden = !active || (draft.source === running?.source && server === next);
  }

  #showWeight() {
    const { data, draft, state } = this.#server;
    const bytes = bytesOfRun([...data.packages, ...draft.servers[0].packages, ...draft.server.packages]);
    this.#weight.textContent = bytes && state === "idle" ? `Run fetches about ${size(bytes)}, once` : "";
  }

  /** @param {number} loaded @param {number} total in bytes */
  #showProgress(loaded, total) {
    const { running, state } = this.#server;
    this.#progress.hidden = state !== "loading" || !total; // What is fetched already needs no bar.
    this.#bar.max = total;
    this.#bar.value = loaded;
    this.#bytes.textContent = `${isWarm() ? running?.server.title : "Python runtime"}: ${size(loaded)} of ${size(total)}`;
  }
}
