// What a page's elements load: asked of the application, and given to the element as a blob: address made in the frame.

const LOADED = /^(blob|data|about|javascript):/i;
const URL_IN_CSS = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|(@import\s+)(?:"([^"]*)"|'([^']*)')/g;
/** A style sheet may import itself. */
const DEEPEST = 5;

export class Resources {
  #fetch;
  /** @type {Map<string, Promise<string>>} */
  #loaded = new Map();

  /** @param {typeof window.fetch} fetch the one that asks the application */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /** Whether an address needs to be loaded by `load`. @param {string} address */
  isOutside = (address) => Boolean(address) && !LOADED.test(address.trim());

  /**
   * A blob: address that holds what an address leads to; of nothing, where that failed.
   *
   * @param {string} address
   * @param {string} [base]
   * @returns {Promise<string>}
   */
  load(address, base = document.baseURI, depth = 0) {
    if (!this.isOutside(address) || !URL.canParse(address, base)) return Promise.resolve(address);
    const { href } = new URL(address, base);
    const loading = this.#loaded.get(href) ?? this.#request(href, depth);
    this.#loaded.set(href, loading);
    return loading;
  }

  /** @param {string} href @param {number} depth */
  async #request(href, depth) {
    try {
      const answer = await this.#fetch(href);
      const type = answer.headers.get("content-type") ?? "";
      if (!/^text\/css/i.test(type)) return URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type }));
      return URL.createObjectURL(new Blob([await this.css(await answer.text(), answer.url, depth + 1)], { type }));
    } catch {
      return URL.createObjectURL(new Blob([])); // So that the element has its error.
    }
  }

  /**
   * A style sheet whose addresses are loaded.
   *
   * @param {string} text
   * @param {string} base its address
   * @returns {Promise<string>}
   */
  async css(text, base, depth = 0) {
    if (depth > DEEPEST) return text;
    const found = [...text.matchAll(URL_IN_CSS)];
    const pieces = await Promise.all(
      found.map(async ([whole, ...groups]) => {
        const address = groups.find((group, at) => at !== 3 && group !== undefined) ?? "";
        if (!this.isOutside(address) || address.startsWith("#")) return whole;
        return `${groups[3] ?? ""}url("${await this.load(address, base, depth)}")`;
      }),
    );
    return text.replace(URL_IN_CSS, () => /** @type {string} */ (pieces.shift()));
  }

  /** A srcset whose addresses are loaded. @param {string} text @param {string} [base] */
  async srcset(text, base) {
    const candidates = [...text.matchAll(/\s*([^\s,]\S*[^\s,])(\s+[^,\s]+)?\s*(?:,|$)/g)];
    const loaded = await Promise.all(candidates.map(async ([, address, size = ""]) => `${await this.load(address, base)}${size}`));
    return loaded.join(", ");
  }
}
