// Keeps over reloads what a reader edited, with a mark of the source that it was an edit of; the servers chosen; and what
// was fetched.

import { SITE } from "../site.js";

const { pathname } = new URL(SITE);

/** @param {string} example */
const key = (example) => `runnable-example ${pathname} ${example}`;

/**
 * @param {string} example
 * @param {string} published the example's source as published now
 * @returns {{source: string, outdated: boolean} | null} outdated: it was an edit of an earlier source
 */
export function loadEdit(example, published) {
  try {
    const { source, original } = JSON.parse(localStorage.getItem(key(example)) ?? "");
    return typeof source === "string" ? { source, outdated: original !== hash(published) } : null;
  } catch {
    return null; // Nothing kept, storage refused, or not ours.
  }
}

/**
 * Keeps an edit, or forgets it where it is the published source again.
 *
 * @param {string} example
 * @param {string} published
 * @param {string} source
 * @returns {boolean} whether it outlives the page
 */
export function saveEdit(example, published, source) {
  try {
    if (source === published) localStorage.removeItem(key(example));
    else localStorage.setItem(key(example), JSON.stringify({ source, original: hash(published) }));
    return !("temporary" in localStorage); // early-storage.js
  } catch {
    return source === published; // Storage is full or refused: the edit lives as long as the page.
  }
}

/**
 * Tells when another tab keeps an edit of the same example.
 *
 * @param {string} example
 * @param {() => void} onEdit
 * @returns {() => void} ends it
 */
export function watchEdits(example, onEdit) {
  /** @param {StorageEvent} event */
  const hear = (event) => event.key === key(example) && onEdit();
  addEventListener("storage", hear);
  return () => removeEventListener("storage", hear);
}

/** The examples of which an edit is kept. */
export function loadEdits() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(key(""))).map((name) => name.slice(key("").length)).sort();
  } catch {
    return [];
  }
}

const servers = `runnable-servers ${pathname}`;

/** The servers that the reader has chosen, the last choice first. @returns {string[]} */
export function loadServers() {
  try {
    const names = JSON.parse(localStorage.getItem(servers) ?? "[]");
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}

/** Notes a choice: it holds for every example that the server runs. @param {string} name */
export function saveServer(name) {
  try {
    localStorage.setItem(servers, JSON.stringify([name, ...loadServers().filter((each) => each !== name)]));
  } catch {
    // As above.
  }
}

const fetched = `runnable-fetched ${pathname}`;

/** The packages that an earlier visit has fetched. @param {string} version of the runtime @returns {string[]} */
export function loadFetched(version) {
  try {
    const kept = JSON.parse(localStorage.getItem(fetched) ?? "{}");
    return kept.version === version && Array.isArray(kept.names) ? kept.names : [];
  } catch {
    return [];
  }
}

/** @param {string} version @param {string[]} names */
export function saveFetched(version, names) {
  try {
    localStorage.setItem(fetched, JSON.stringify({ version, names }));
  } catch {
    // As above.
  }
}

/** FNV-1a, 32 bits: tells versions of one file apart, guards nothing. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16);
}
