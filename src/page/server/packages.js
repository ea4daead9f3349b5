// What the runtime's packages weigh, by its lock file, and which of them this page has fetched already.

import { SITE } from "../site.js";

/** @import {Lock} from "../shared/types.js" */

export const RUNTIME = SITE + "assets/runtime/";

/** @type {Promise<Lock> | null} */
let lock = null;
/** @type {string[]} */
let fetched = [];

/** The names of what this page has fetched. */
export const fetchedNames = () => fetched;

/** A later run finds them in the browser's cache. @param {string[]} names */
export function noteFetched(names) {
  fetched = [...new Set([...fetched, ...names])];
}

/**
 * The bytes to fetch for packages, with what these need in turn.
 *
 * @param {string[]} names
 * @param {string[]} present what is fetched anyway
 * @returns {Promise<number>} as sent: archives are not compressed a second time
 */
export async function bytesToFetch(names, present) {
  lock ??= fetchLock();
  lock.catch(() => (lock = null));
  const { packages, stdlib } = await lock;
  const here = withDependencies(["runnable", ...present, ...fetched], packages);
  const missing = [...withDependencies(names, packages)].filter((name) => !here.has(name));
  /** @param {Iterable<string>} all */
  const needMore = (all) => [...all].some((name) => stdlib.more.for.includes(name));
  const more = needMore(missing) && !needMore(here) ? stdlib.more.size : 0;
  return missing.reduce((sum, name) => sum + packages[name].size, more);
}

/** @returns {Promise<Lock>} */
async function fetchLock() {
  const response = await fetch(RUNTIME + "lock.json", { cache: "no-cache" });
  if (!response.ok) throw new Error(`lock.json could not be fetched: HTTP status ${response.status}`);
  return response.json();
}

/**
 * @param {string[]} names
 * @param {Lock["packages"]} packages
 */
function withDependencies(names, packages) {
  const all = new Set(names.filter((name) => name in packages));
  for (const name of all) for (const needed of packages[name].depends) all.add(needed); // a Set's loop sees what it adds
  return all;
}
