// What the Web Worker posts to the page: in order, and never more than a page can take.
//
// A program may print without end and never let the loop turn. So the page cannot ask for less, and no timer can be
// relied on: what is too much is held back, and then left out, here, with each text that comes.

/** @import {FromWorker} from "../shared/types.js" */

/** The length of a window, in milliseconds. */
const WINDOW = 100;
/** So many texts of the log leave at once in a window; the others leave together, when it ends. */
const AT_ONCE = 200;
/** Of the log, about so many characters leave in a window; of what is too much, the end is kept. */
const KEPT = 100_000;
/** A longer sentence of an error is cut. */
const LONGEST_SENTENCE = 2000;

export class Outbox {
  #post;
  #window = -Infinity;
  #texts = 0;
  #characters = 0;
  #waiting = "";
  #left = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(message: FromWorker) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** @param {FromWorker} message */
  send(message) {
    if (message.type === "log") return this.#log(message.text);
    this.#flush();
    this.#post(shortened(message));
  }

  /** @param {string} text */
  #log(text) {
    const now = performance.now();
    if (now - this.#window >= WINDOW) this.#open(now);
    this.#keep(text);
    if (this.#texts++ < AT_ONCE) this.#flush();
    else this.#timer ??= setTimeout(() => this.#open(performance.now()), WINDOW);
  }

  /** Opens a window, once what has waited for it has left. @param {number} now */
  #open(now) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#characters = 0;
    this.#flush();
    this.#window = now;
    this.#texts = this.#characters = 0;
  }

  /** @param {string} text */
  #keep(text) {
    this.#waiting += text;
    if (this.#waiting.length < 2 * KEPT) return;
    this.#left += this.#waiting.length - KEPT;
    this.#waiting = this.#waiting.slice(-KEPT);
  }

  #flush() {
    if (!this.#waiting || this.#characters > KEPT) return;
    const text = this.#left ? `\n… ${this.#left} characters were printed faster than the page can show them …\n${this.#waiting}` : this.#waiting;
    this.#characters += text.length;
    this.#waiting = "";
    this.#left = 0;
    this.#post({ type: "log", text });
  }
}

/** @param {FromWorker} message */
function shortened(message) {
  if (message.type === "failed" || message.type === "crash") return { ...message, message: cut(message.message) };
  if (message.type !== "event" || message.event.type !== "error") return message;
  return { ...message, event: { ...message.event, message: cut(message.event.message) } };
}

/** @param {string} sentence */
const cut = (sentence) => (sentence.length > LONGEST_SENTENCE ? `${sentence.slice(0, LONGEST_SENTENCE)} …` : sentence);
