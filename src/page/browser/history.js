// Where a reader has been in the Page view, as a browser's tab keeps it. No DOM.

/** @typedef {{url: string, state: unknown, document: object}} Entry entries of one document share it */

export class History {
  /** @type {Entry[]} */
  #entries = [];
  #at = -1;

  /** @returns {Entry | undefined} */
  get current() {
    return this.#entries[this.#at];
  }

  /** @param {number} by */
  canGo(by) {
    return Boolean(this.#entries[this.#at + by]);
  }

  /** What lay ahead is gone. @param {Entry} entry */
  push(entry) {
    this.#entries.splice(++this.#at, Infinity, entry);
    if (this.#entries.length <= 100) return;
    this.#entries.shift();
    this.#at--;
  }

  /** @param {Entry} entry */
  replace(entry) {
    if (this.#at < 0) this.#at = 0;
    this.#entries[this.#at] = entry;
  }

  /**
   * @param {number} by
   * @returns {Entry | undefined} where one is then; undefined where there is nothing
   */
  go(by) {
    if (!this.canGo(by)) return undefined;
    this.#at += by;
    return this.current;
  }
}
