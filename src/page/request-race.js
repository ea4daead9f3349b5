// <request-race>: examples that get the same requests at once, on one clock. What it does is fetched when a reader starts it.

import { SingleRun } from "./server/single-run.js";
import { takeData } from "./shared/fence-data.js";
import { RELOAD } from "./shared/versions.js";
import { keepKeys } from "./views/keys.js";

/** @typedef {import("./race/race.js").Race} Race */

/** Public face: attribute `data-state`: idle, starting, racing, over, failed, or stopped. */
export class RequestRace extends HTMLElement {
  /** @type {import("./shared/example-data.js").RaceData | null} */
  #data = null;
  /** @type {Race | null} */
  #race = null;
  /** Whether a reader waits for the code of it. */
  #wanted = false;

  connectedCallback() {
    if (this.#data) return;
    this.#data = takeData(this);
    if (!this.#data) return;
    this.dataset.state = "idle";
    this.#button.addEventListener("click", ({ detail }) => detail < 2 && void this.#press());
    this.#count.addEventListener("keydown", ({ key }) => key === "Enter" && void this.#press());
    keepKeys(this);
  }

  disconnectedCallback() {
    if (this.#race?.going) this.#race.stop();
  }

  get #button() {
    return /** @type {HTMLButtonElement} */ (this.querySelector(".race-start"));
  }

  get #count() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  /** Starts the race, or stops the one that goes on. */
  async #press() {
    if (this.#race?.going) return this.#race.stop();
    if (!this.#count.reportValidity()) return;
    this.#wanted = !this.#wanted;
    if (!this.#wanted) return this.#show("stopped");
    this.#show("starting");
    const race = await this.#load();
    if (race && !race.going && this.#wanted && this.isConnected) await race.start(this.#count.valueAsNumber);
  }

  async #load() {
    try {
      const { Race } = await import("./race/race.js");
      const data = /** @type {import("./shared/example-data.js").RaceData} */ (this.#data);
      return (this.#race ??= new Race(this, data, SingleRun, (state) => this.#show(state)));
    } catch (error) {
      console.error(error);
      /** @type {HTMLElement} */ (this.querySelector(".race-status")).textContent = `The race could not be loaded. ${RELOAD}`;
      this.#show("failed");
      return null;
    }
  }

  /** @param {import("./race/race.js").State} state */
  #show(state) {
    this.dataset.state = state;
    const goesOn = state === "starting" || state === "racing";
    this.#wanted &&= goesOn;
    this.#button.textContent = goesOn ? "Stop" : "Race";
  }
}

customElements.define("request-race", RequestRace);
