// A race: starts all racers, sends each the same requests at once, and shows them on one clock.

import { Timeline } from "../instruments/timeline.js";
import { Waterfall } from "../instruments/waterfall.js";
import { legend } from "../instruments/lane.js";
import { Recording } from "../server/recording.js";
import { size } from "../views/body.js";
import { h } from "../views/dom.js";
import { heatsOf, mostInterpreters, refusal } from "./heats.js";
import { Racer } from "./racer.js";
import { entriesOfRun, runLike } from "./recorded.js";
import { cells, verdict } from "./results.js";

/** @import {RaceData} from "../shared/example-data.js" */
/** @import {Runs} from "./racer.js" */
/** @import {Result} from "./results.js" */

/** @typedef {"idle" | "starting" | "racing" | "over" | "failed" | "stopped"} State */

/** More rows than this are drawn thin, without their texts: the tables have the numbers. */
const MANY = 20;
const STOPPED = "The race was stopped.";
/** What only some browsers say of a device. */
const DEVICE = /** @type {import("./heats.js").Device} */ (/** @type {unknown} */ (navigator));

export class Race {
  #element;
  #data;
  #Runs;
  #onState;
  #status;
  #results;
  #recorded;
  #racers;
  #timeline = new Timeline();
  #bar = h("progress", { "aria-label": "Download" });
  #bytes = h("span");
  #progress = h("div", { class: "runnable-progress", hidden: true }, this.#bar, this.#bytes);
  #list;
  /** The race that goes on; a later one, and Stop, put another in its place. @type {Racer[] | null} */
  #going = null;

  /**
   * @param {HTMLElement} element as the fence wrote it
   * @param {RaceData} data
   * @param {Runs} Runs
   * @param {(state: State) => void} onState
   */
  constructor(element, data, Runs, onState) {
    /** @param {string} name @returns {HTMLElement} */
    const part = (name) => /** @type {HTMLElement} */ (element.querySelector(`.race-${name}`));
    this.#element = element;
    this.#data = data;
    this.#Runs = Runs;
    this.#onState = onState;
    this.#status = part("status");
    this.#results = part("results");
    this.#recorded = element.querySelector(".race-recorded");
    this.#list = part("racers");
    this.#list.before(this.#progress, h("div", { class: "runnable-instrument" }, legend()));
    this.#racers = data.racers.map((racer, n) => new Racer(racer, /** @type {HTMLElement} */ (this.#list.children[n]), this.#timeline));
  }

  get going() {
    return this.#going !== null;
  }

  /** @param {number} count how many requests each racer gets */
  async start(count) {
    const { racers, most } = this.#prepare(count);
    this.#going = racers;
    const goesOn = () => this.#going === racers;
    /** @type {Result[]} */
    const results = [];
    for (const heat of heatsOf(racers.map((racer) => ({ racer, workers: racer.data.workers })), most)) {
      const started = await this.#startAll(heat.map(({ racer }) => racer), goesOn);
      if (!goesOn()) return;
      this.#tell("racing", `Each gets ${count} ${count === 1 ? "request" : "requests"} …`);
      await Promise.all(started.map(async (racer) => {
        racer.say("");
        const result = await racer.race(this.#data.request, count);
        if (!goesOn()) return;
        racer.end("The race is over.");
        results.push(result);
        this.#show(result);
      }));
      if (!goesOn()) return;
    }
    this.#going = null;
    if (results.length) this.#tell("over", verdict(results));
    else this.#tell("failed", "No racer has started. Below each stands why.");
  }

  /** Stops what goes on, and ends its interpreters. */
  stop() {
    const racers = this.#going ?? [];
    this.#going = null; // first: what ends now ends no race
    for (const racer of racers) {
      racer.end(STOPPED);
      racer.say("");
    }
    this.#progress.hidden = true;
    this.#tell("stopped", STOPPED);
  }

  /** Clears what the last race has left; gives who takes part, and how many interpreters there may be at once. @param {number} count */
  #prepare(count) {
    this.#timeline.clear();
    this.#element.classList.toggle("race-many", count > MANY);
    for (const row of this.#results.querySelectorAll(".race-result")) row.remove();
    const racers = this.#racers.filter((racer) => {
      const refused = refusal(racer.data.workers, DEVICE);
      racer.reset(refused || "Waits for its turn …");
      return !refused;
    });
    this.#showRecorded(count);
    return { racers, most: mostInterpreters(DEVICE) };
  }

  /** Starts racers; gives those that have started. @param {Racer[]} racers @param {() => boolean} goesOn */
  async #startAll(racers, goesOn) {
    this.#tell("starting", `Starting ${racers.map(({ data }) => data.title).join(", ")} …`);
    const started = await Promise.all(racers.map(async (racer) => {
      racer.say("Starts …");
      try {
        await racer.start(this.#Runs, (progress) => goesOn() && this.#showProgress(progress));
        if (goesOn()) racer.say("Ready");
        return [racer];
      } catch (error) {
        if (goesOn()) racer.say(`It did not start: ${/** @type {Error} */ (error).message}`);
        racer.end("Another of its workers did not start.");
        return [];
      }
    }));
    this.#progress.hidden = true;
    return started.flat();
  }

  /** @param {{loaded: number, total: number}} progress of one interpreter: the others fetch the same */
  #showProgress({ loaded, total }) {
    if (total < this.#bar.max && !this.#progress.hidden) return;
    this.#progress.hidden = !total || loaded >= total;
    this.#bar.max = total;
    this.#bar.value = loaded;
    this.#bytes.textContent = `Python runtime: ${size(loaded)} of ${size(total)}`;
  }

  /** @param {Result} result */
  #show(result) {
    const row = h("tr", { class: "race-result" }, h("th", { scope: "row" }, result.title), ...cells(result).map((text) => h("td", {}, text)));
    const recorded = this.#results.querySelector("tbody > :not(.race-result)");
    this.#results.querySelector("tbody")?.insertBefore(row, recorded);
    this.#results.hidden = false;
  }

  /** Draws what was recorded from a real server on the same clock. @param {number} count */
  #showRecorded(count) {
    const { recorded } = this.#data;
    const place = this.#recorded?.querySelector(".race-drawn");
    if (!recorded || !place) return;
    const run = runLike(recorded, count);
    const recording = new Recording();
    recording.entries = entriesOfRun(run);
    const waterfall = new Waterfall(recording, { timeline: this.#timeline, loop: false });
    waterfall.sent = 0;
    place.replaceChildren(h("p", { class: "race-worker" }, `Recorded: ${run.length} requests`), waterfall.element);
  }

  /** @param {State} state @param {string} text */
  #tell(state, text) {
    this.#status.textContent = text;
    this.#onState(state);
  }
}
