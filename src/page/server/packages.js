// What a run has to fetch, by the sizes that the runtime's lock gives, and what this page has fetched already.

import { SITE } from "../site.js";
import { loadFetched, saveFetched } from "./storage.js";

export const RUNTIME = SITE + "assets/runtime/";

const changes = new EventTarget();
/** @type {string[]} */
let fetched = [];
/** The same, and what an earlier visit has fetched: the browser may have it still. @type {string[] | null} */
let known = null;

/** The names of what this page has fetched. */
export const fetchedNames = () => fetched;

const knownNames = () => (known ??= loadFetched(PYTHON_MODULE.path));

/** A later run finds them in the browser's cache. @param {string[]} names */
export function noteFetched(names) {
  fetched = [...new Set([...fetched, ...names])];
  known = [...new Set([...knownNames(), ...names])];
  saveFetched(PYTHON_MODULE.path, known);
  changes.dispatchEvent(new Event("fetched"));
}

/** @param {() => void} onFetched @param {AbortSignal} signal ends it */
export function watchFetched(onFetched, signal) {
  changes.addEventListener("fetched", onFetched, { signal });
}

/**
 * The bytes that packages add to a run, with what these need in turn.
 *
 * @param {string[]} names
 * @param {string[]} present what is fetched anyway
 * @returns {number} as sent by a host that compresses with gzip
 */
export const bytesToFetch = (names, present) => weigh(names, ["runnable", ...present, ...knownNames()]);

/** The bytes that a run fetches which needs these packages. @param {string[]} names */
export function bytesOfRun(names) {
  if (knownNames().length) return bytesToFetch(names, []);
  return WEIGHTS.python + weigh(["runnable", ...names], []);
}

/** @param {string[]} names @param {string[]} present */
function weigh(names, present) {
  const { packages, more } = WEIGHTS;
  const here = withDependencies(present);
  const missing = [...withDependencies(names)].filter((name) => !here.has(name));
  /** @param {Iterable<string>} all */
  const needMore = (all) => [...all].some((name) => more.for.includes(name));
  const late = needMore(missing) && !needMore(here) ? more.size : 0;
  return missing.reduce((sum, name) => sum + packages[name].size, late);
}

/** @param {string[]} names */
function withDependencies(names) {
  const all = new Set(names.filter((name) => name in WEIGHTS.packages));
  for (const name of all) for (const needed of WEIGHTS.packages[name].depends) all.add(needed); // a Set's loop sees what it adds
  return all;
}
