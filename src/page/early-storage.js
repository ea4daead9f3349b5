// Stands in for the browser's storage where that is refused: Material's scripts would break off at its absence.
//
// It lives as long as the page. `temporary` tells our own scripts that it is not the browser's.

class TemporaryStorage {
  temporary = true;
  /** @type {Map<string, string>} */
  #kept = new Map();

  get length() {
    return this.#kept.size;
  }

  /** @param {number} index */
  key(index) {
    return [...this.#kept.keys()][index] ?? null;
  }

  /** @param {string} key */
  getItem(key) {
    return this.#kept.get(key) ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    this.#kept.set(key, String(value));
  }

  /** @param {string} key */
  removeItem(key) {
    this.#kept.delete(key);
  }

  clear() {
    this.#kept.clear();
  }
}

for (const name of /** @type {const} */ (["localStorage", "sessionStorage"])) {
  try {
    void globalThis[name].length;
  } catch {
    Object.defineProperty(globalThis, name, { value: new TemporaryStorage() });
  }
}
