// Fetches the runtime's files in a worker, counts their bytes, and says which file failed and why.

import { readAll } from "../shared/bytes.js";
import { RELOAD } from "../shared/versions.js";

export class Downloads {
  /** @type {Map<string, Promise<Response>>} responses that someone else will ask for by fetch() */
  #waiting = new Map();
  #fetch = self.fetch.bind(self);
  base;
  /** The paths of what comes from the browser's cache: it is no download. @type {Set<string>} */
  uncounted = new Set();
  #report;
  #loaded = 0;
  #total = 0;

  /**
   * @param {string} base the folder's absolute URL
   * @param {(loaded: number, total: number) => void} report
   */
  constructor(base, report) {
    this.base = base;
    this.#report = report;
  }

  /**
   * @param {string} path below the folder
   * @param {RequestInit} [options] by default a kept copy is good for ever: the name holds the content's hash
   * @returns {Promise<Response>}
   */
  async response(path, options = { cache: "force-cache" }) {
    let response;
    try {
      response = await this.#fetch(this.base + path, options);
    } catch (error) {
      throw new Error(`${path} could not be fetched: ${/** @type {Error} */ (error).message}`);
    }
    if (response.ok) return response;
    // A kept failure must not be good for ever.
    if (options.cache === "force-cache") return this.response(path, { cache: "reload" });
    const gone = response.status === 404 ? `. ${RELOAD}` : "";
    throw new Error(`${path} could not be fetched: HTTP status ${response.status}${gone}`);
  }

  /**
   * A file's content, counted as it comes.
   *
   * @param {string} path
   * @param {number} size
   */
  async bytes(path, size) {
    this.#expect(path, size);
    return this.#read(path, await this.response(path));
  }

  /**
   * Fetches a file now for a library that will fetch it later, see `serveAhead`.
   *
   * @param {string} path
   * @param {number} size
   * @returns {Promise<unknown>} settled when all of it is here
   */
  ahead(path, size) {
    this.#expect(path, size);
    const response = this.response(path);
    const copy = response.then((it) => it.clone());
    this.#waiting.set(this.base + path, response);
    return copy.then((it) => this.#read(path, it));
  }

  /**
   * Compiles a WebAssembly file as it comes.
   *
   * @param {string} path
   * @param {number} size
   */
  async compiled(path, size) {
    this.#expect(path, size);
    const response = await this.response(path);
    // The compiler gets the response itself: it finds what it compiled before by that.
    const copy = response.clone();
    const [module] = await Promise.all([WebAssembly.compileStreaming(response), this.#read(path, copy)]);
    return module;
  }

  /** Gives nothing to a library that will fetch a file which it does not need, see `serveAhead`. @param {string} path */
  withhold(path) {
    this.#waiting.set(this.base + path, Promise.resolve(new Response()));
  }

  /**
   * Imports a module's file; counted when it is there.
   *
   * @param {string} path
   * @param {number} size
   */
  async module(path, size) {
    this.#expect(path, size);
    try {
      const module = await import(this.base + path);
      this.#count(path, size);
      return module;
    } catch (error) {
      await this.response(path, { cache: "no-cache" }); // Knows the reason, where it is a status.
      throw new Error(`${path} could not be imported: ${/** @type {Error} */ (error).message}`);
    }
  }

  /**
   * Gives what was fetched ahead to whoever calls fetch() for it while `work` goes on.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async serveAhead(work) {
    const original = self.fetch;
    self.fetch = (input, init) => this.#waiting.get(String(input)) ?? original(input, init);
    try {
      return await work();
    } finally {
      self.fetch = original;
      this.#waiting.clear();
    }
  }

  /** @param {string} path @param {Response} response */
  async #read(path, response) {
    if (!response.body) return new Uint8Array();
    try {
      return await readAll(response.body, (piece) => this.#count(path, piece.length));
    } catch (error) {
      throw new Error(`${path} broke off: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** @param {string} path @param {number} size */
  #expect(path, size) {
    if (!this.uncounted.has(path)) this.#total += size;
  }

  /** @param {string} path @param {number} bytes */
  #count(path, bytes) {
    if (this.uncounted.has(path)) return;
    this.#loaded += bytes;
    this.#report(this.#loaded, this.#total);
  }
}
