// One start that the browser may keep: found, checked, kept, forgotten.
//
// Any doubt forgets it, and whoever asks starts plainly: where its size or hash is another, or where an interpreter began
// with it and never said that it has started.

import { forgetKept, HASH, listKept, memoryUrl, openKept, SIZE, useUrl } from "../shared/kept-starts.js";
import { archiveNames } from "./archives.js";

/** @import {Use} from "../shared/kept-starts.js" */

/** So many are kept, of so many bytes together. */
const [MOST, MOST_BYTES] = [3, 128 * 1024 ** 2];
/** A start that has not said after this time that it is done has failed. */
const STARTED_WITHIN_MS = 15_000;

export class KeptStart {
  #runtime;
  #packages;

  /** @param {string} runtime its folder's absolute URL @param {string[]} packages */
  constructor(runtime, packages) {
    this.#runtime = runtime;
    this.#packages = packages;
  }

  /** @returns {Promise<{memory: Uint8Array<ArrayBuffer> | null} | null>} null: nothing is known; null for a memory: it cannot be kept */
  async find() {
    // A browser hashes in a secure context alone.
    if (!crypto.subtle) return null;
    try {
      const url = await this.#url();
      const cache = await openKept(this.#runtime);
      const [kept, use] = await Promise.all([cache?.match(url), cache?.match(useUrl(url))]);
      if (!kept) return null;
      if (!Number(kept.headers.get(SIZE))) return { memory: null };
      const { at, done } = /** @type {Use} */ (await use?.json());
      if (!done && Date.now() - at > STARTED_WITHIN_MS) throw new Error("it did not start");
      const memory = new Uint8Array(await kept.arrayBuffer());
      if (memory.length !== Number(kept.headers.get(SIZE)) || (await sha256(memory)) !== kept.headers.get(HASH)) throw new Error("it is another");
      await this.#use(false);
      return { memory };
    } catch {
      await this.forget();
      return null;
    }
  }

  /** An interpreter has started with it. */
  async started() {
    await this.#use(true).catch(() => {});
  }

  /** @param {Uint8Array<ArrayBuffer>} memory */
  async keep(memory) {
    if (memory.length > MOST_BYTES) return this.refuse();
    await this.#put(memory);
    const all = await listKept(this.#runtime);
    const here = memoryUrl(this.#runtime, await world());
    let [count, bytes] = [0, 0];
    const gone = all.filter(({ url, size }) => !url.startsWith(here) || (size && (++count > MOST || (bytes += size) > MOST_BYTES)));
    await forgetKept(this.#runtime, gone.map(({ url }) => url));
  }

  /** Notes that it cannot be kept. */
  async refuse() {
    await this.#put(new Uint8Array());
  }

  async forget() {
    try {
      await forgetKept(this.#runtime, [await this.#url()]);
    } catch {
      // Storage is refused: nothing is kept.
    }
  }

  async #url() {
    const archives = await hashOf(archiveNames(["runnable", ...this.#packages]));
    return memoryUrl(this.#runtime, `${await world()}-${archives}`);
  }

  /** @param {Uint8Array<ArrayBuffer>} memory */
  async #put(memory) {
    await this.#use(true);
    const cache = await openKept(this.#runtime);
    const headers = { [SIZE]: String(memory.length), [HASH]: await sha256(memory) };
    await cache.put(await this.#url(), new Response(memory, { headers }));
  }

  /** @param {boolean} done */
  async #use(done) {
    const cache = await openKept(this.#runtime);
    await cache.put(useUrl(await this.#url()), Response.json({ at: Date.now(), done }));
  }
}

/**
 * What holds for every start here: a memory has the addresses of the engine's functions, and knows language and time zone.
 * This script's name has the hash of its text, and with it that of the lock.
 */
const world = () => hashOf([import.meta.url, navigator.userAgent, ...(navigator.languages ?? []), ...timeZone()]);

function timeZone() {
  const year = new Date().getFullYear();
  const offsets = [0, 6].map((month) => String(new Date(year, month, 1).getTimezoneOffset())); // what Python reads
  return [Intl.DateTimeFormat().resolvedOptions().timeZone, ...offsets];
}

/** @param {string[]} texts */
async function hashOf(texts) {
  return (await sha256(new TextEncoder().encode(JSON.stringify(texts)))).slice(0, 16);
}

/** @param {Uint8Array<ArrayBuffer>} data */
async function sha256(data) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
