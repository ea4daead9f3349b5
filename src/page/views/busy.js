// A clock beside the status while a reader waits, and a word about a program that does not give control back.

import { h } from "./dom.js";
import { Notice } from "./notice.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Exchange} from "../server/exchange.js" */

/** A server that takes longer to stop is told, with what ends it; one that has not begun is ended sooner. */
const STOP_PATIENCE_MS = 200;
const LOOK_EVERY_MS = 500;
/** What ends sooner needs no clock. */
const CLOCK_AFTER_MS = 1000;
/** How long a program may keep the interpreter to itself before that is told. */
const PATIENCE_MS = 3000;
/** The same while it starts: its imports take that long on a small device. */
const START_PATIENCE_MS = 10_000;

export class Busy {
  /** Not in the status itself, which would be read out every second. */
  clock = h("span", { class: "runnable-clock", "aria-hidden": "true" });
  #notice = new Notice();
  element = this.#notice.element;
  #server;
  /** Since when the server starts; 0: it does not. */
  #starting = 0;
  /** When the interpreter was asked for a sign of life, which it has not given; 0: it has. */
  #asked = 0;
  /** When the requests were sent that came last. */
  #sent = 0;
  /** How many of what was sent have no answer yet. */
  #pending = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #late;

  /** @param {ExampleServer} server */
  constructor(server) {
    this.#server = server;
    server.on("statechange", ({ state }) => {
      clearInterval(this.#looking);
      this.#asked = this.#pending = 0;
      this.#starting = state === "starting" ? performance.now() : 0;
      if (state === "starting" || state === "ready") this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
      this.#show();
      clearTimeout(this.#late);
      if (state === "stopping") this.#late = setTimeout(() => this.#tellOfStop(), STOP_PATIENCE_MS);
    });
    server.on("sent", (exchanges) => this.#wait(exchanges));
  }

  /** @param {Exchange[]} exchanges */
  #wait(exchanges) {
    const sent = (this.#sent = performance.now());
    this.#pending = exchanges.length;
    const end = () => {
      if (this.#sent !== sent) return; // Others were sent after these.
      this.#pending--;
      this.#show();
    };
    for (const exchange of exchanges) {
      exchange.on("end", end);
      exchange.on("error", end);
    }
  }

  /** Asks the interpreter for a sign of life: it has one thread, which a program can keep. */
  #look() {
    if (!this.#asked) {
      const asked = (this.#asked = performance.now());
      void this.#server.ping().then(() => {
        if (this.#asked === asked) this.#asked = 0;
      });
    }
    this.#show();
  }

  #show() {
    const now = performance.now();
    const since = this.#starting || (this.#pending && this.#sent) || this.#asked;
    const kept = this.#asked ? now - this.#asked : 0;
    const patience = this.#starting ? START_PATIENCE_MS : PATIENCE_MS;
    const clock = since && now - since >= CLOCK_AFTER_MS ? `${Math.floor((now - since) / 1000)} s` : "";
    if (this.clock.textContent !== clock) this.clock.textContent = clock;
    if (kept < patience) this.#notice.hide();
    else if (this.element.hidden) this.#tell(patience / 1000);
  }

  #tellOfStop() {
    const { server } = this.#server.running ?? this.#server.draft;
    this.#notice.show(
      `${server.title} has not stopped yet: its shutdown, or a request, takes long. ` +
        "Stop once more ends it; a second after the first, it is ended anyway.",
    );
  }

  /** @param {number} seconds */
  #tell(seconds) {
    this.#notice.show(
      `The program has not given control back for ${seconds} s: it computes, or waits without “await”, and meanwhile ` +
        "nothing else runs. If it never ends, Stop ends it.",
      { Stop: () => void this.#server.stop() },
    );
  }
}
