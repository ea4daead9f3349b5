// What the recorder in the interpreter tells, as far as a view has asked for it. Nothing crosses while nobody watches.

import { Emitter } from "./emitter.js";

/** @import {RecordedMessage} from "../shared/messages.js" */
/** @import {Entry} from "../shared/recording.js" */
/** @typedef {{watch(on: boolean): void, on(type: "recorded", listener: (message: RecordedMessage) => void): void}} Source */

/** So many of the last entries are kept, as the recorder itself does. */
const MOST_ENTRIES = 5000;

/**
 * Events: `added`, entries that have come; `cleared`, a program starts.
 *
 * @extends {Emitter<{added: Entry[], cleared: null}>}
 */
export class Recording extends Emitter {
  /** In the order in which they happened. @type {Entry[]} */
  entries = [];
  /** How many are not here, because they were too many. */
  dropped = 0;
  /** To which an entry's `at` is added, in milliseconds since 1970. */
  began = 0;
  #watchers = 0;
  /** @type {Source | null} */
  #source = null;

  /** Takes what this interpreter records, in place of the last one's. @param {Source} source */
  follow(source) {
    this.#source = source;
    source.on("recorded", (message) => this.#source === source && this.#receive(message));
    if (this.#watchers) source.watch(true);
  }

  /** Asks for entries, until what it returns is called. */
  watch() {
    if (!this.#watchers++) this.#source?.watch(true);
    let watching = true;
    return () => {
      if (watching && !--this.#watchers) this.#source?.watch(false);
      watching = false;
    };
  }

  /** @param {RecordedMessage} message */
  #receive({ entries: text, began, missing }) {
    let entries = entriesOf(text);
    // A program follows another in the same interpreter.
    const start = entries.findLastIndex(({ kind }) => kind === "server.start");
    if (start >= 0) {
      entries = entries.slice(start);
      this.entries = [];
      this.dropped = 0;
      this.emit("cleared", null);
    } else this.dropped += Math.max(0, missing);
    this.began = began;
    this.entries.push(...entries);
    if (this.entries.length > MOST_ENTRIES) {
      this.dropped += this.entries.length - MOST_ENTRIES;
      this.entries = this.entries.slice(-MOST_ENTRIES);
    }
    if (entries.length) this.emit("added", entries);
  }
}

/** What is no entry is left out: the interpreter that writes them runs a reader's program, too. @param {string} text @returns {Entry[]} */
export function entriesOf(text) {
  try {
    const entries = JSON.parse(text);
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

/** @param {any} entry @returns {entry is Entry} */
function isEntry(entry) {
  return (
    typeof entry?.kind === "string" &&
    [entry.n, entry.at].every(Number.isFinite) &&
    [entry.took, entry.connection, entry.request].every((number) => number === null || Number.isFinite(number)) &&
    (entry.task === null || typeof entry.task === "string") &&
    entry.value !== undefined
  );
}
