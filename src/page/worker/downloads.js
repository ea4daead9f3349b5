// Fetches the runtime's files, counts their bytes, compares them with the lock's hashes, and says which failed and why.

import { readAll } from "../shared/bytes.js";
import { RELOAD } from "../shared/versions.js";

/** @import {Listed} from "../shared/types.js" */

const AGAIN = "Press Run to try again.";

export class Downloads {
  /** @type {Map<string, Promise<Response>>} responses that someone else will ask for by fetch() */
  #waiting = new Map();
  #fetch = self.fetch.bind(self);
  base;
  /** The paths of what comes from the browser's cache, and was checked: it is no download. @type {Set<string>} */
  uncounted = new Set();
  /** @type {Promise<unknown>[]} */
  #checks = [];
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
    } catch {
      throw new Error(`${path} could not be fetched: this site cannot be reached. ${AGAIN}`);
    }
    if (response.ok) return response;
    // A kept failure must not be good for ever.
    if (options.cache === "force-cache") return this.response(path, { cache: "reload" });
    const advice = response.status === 404 ? RELOAD : AGAIN;
    throw new Error(`${path} could not be fetched: HTTP status ${response.status}. ${advice}`);
  }

  /**
   * A file's content, counted as it comes.
   *
   * @param {string} path
   * @param {Listed} file
   */
  async bytes(path, file) {
    this.#expect(path, file);
    return this.#read(path, file, await this.response(path));
  }

  /**
   * Fetches a file now for a library that will fetch it later, see `serveAhead`.
   *
   * @param {string} path
   * @param {Listed} file
   * @returns {Promise<unknown>} settled when all of it is here
   */
  ahead(path, file) {
    this.#expect(path, file);
    const response = this.response(path);
    const copy = response.then((it) => it.clone());
    this.#waiting.set(this.base + path, response);
    return copy.then((it) => this.#read(path, file, it));
  }

  /**
   * Compiles a WebAssembly file as it comes.
   *
   * @param {string} path
   * @param {Listed} file
   */
  async compiled(path, file) {
    this.#expect(path, file);
    const response = await this.response(path);
    // The compiler gets the response itself: it finds what it compiled before by that.
    const copy = response.clone();
    const compiling = WebAssembly.compileStreaming(response);
    compiling.catch(() => {}); // what is wrong with the file is told by its reading
    await this.#read(path, file, copy);
    return compiling;
  }

  /** Gives nothing to a library that will fetch a file which it does not need, see `serveAhead`. @param {string} path */
  withhold(path) {
    this.#waiting.set(this.base + path, Promise.resolve(new Response()));
  }

  /**
   * Imports a module's file; counted when it is there.
   *
   * @param {string} path
   * @param {Listed} file
   */
  async module(path, file) {
    this.#expect(path, file);
    let module;
    try {
      module = await import(this.base + path);
    } catch (error) {
      // Knows the reason, where it is a status or what came.
      await this.#check(path, file, await this.response(path, { cache: "no-cache" }));
      throw new Error(`${path} could not be imported: ${/** @type {Error} */ (error).message}`);
    }
    this.#count(path, file.size);
    // import() does not show what it has fetched: the browser's cache has it.
    if (!this.uncounted.has(path)) this.#checks.push(this.response(path).then((it) => this.#check(path, file, it)));
    return module;
  }

  /** @returns {Promise<unknown>} settled when all modules are found to be what the lock lists, or one is not */
  get checked() {
    return Promise.all(this.#checks);
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

  /** @param {string} path @param {Listed} file @param {Response} response */
  async #read(path, file, response) {
    const data = await this.#whole(path, response, (piece) => this.#count(path, piece.length));
    await this.#compare(path, file, data);
    return data;
  }

  /** @param {string} path @param {Listed} file @param {Response} response */
  async #check(path, file, response) {
    await this.#compare(path, file, await this.#whole(path, response));
  }

  /** @param {string} path @param {Response} response @param {(piece: Uint8Array) => void} [onPiece] */
  async #whole(path, response, onPiece) {
    if (!response.body) return new Uint8Array();
    try {
      return await readAll(response.body, onPiece);
    } catch {
      throw new Error(`The download of ${path} broke off. ${AGAIN}`);
    }
  }

  /**
   * Refuses a file that is not the one that the lock lists, and has the browser forget it.
   *
   * A browser hashes in a secure context alone: over https, and on this machine. Elsewhere this script itself could be
   * anyone's.
   *
   * @param {string} path
   * @param {Listed} file
   * @param {Uint8Array<ArrayBuffer>} data
   */
  async #compare(path, { sha256 }, data) {
    if (this.uncounted.has(path) || !crypto.subtle) return;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    if (Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === sha256) return;
    await this.response(path, { cache: "reload" }).then((it) => it.arrayBuffer()).catch(() => {});
    throw new Error(`${path} did not come whole, or was changed on its way. ${AGAIN}`);
  }

  /** @param {string} path @param {Listed} file */
  #expect(path, { size }) {
    if (!this.uncounted.has(path)) this.#total += size;
  }

  /** @param {string} path @param {number} bytes */
  #count(path, bytes) {
    if (this.uncounted.has(path)) return;
    this.#loaded += bytes;
    this.#report(this.#loaded, this.#total);
  }
}
