// Keeps over reloads what a reader edited, with a mark of the source that it was an edit of, and the server chosen.

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
 */
export function saveEdit(example, published, source) {
  try {
    if (source === published) localStorage.removeItem(key(example));
    else localStorage.setItem(key(example), JSON.stringify({ source, original: hash(published) }));
  } catch {
    // Storage is full or refused: the edit lives as long as the page.
  }
}

/** @param {string} example */
const serverKey = (example) => `runnable-server ${pathname} ${example}`;

/** The server that the reader chose for an example, null where that is none. @param {string} example */
export function loadServer(example) {
  try {
    return localStorage.getItem(serverKey(example));
  } catch {
    return null;
  }
}

/** @param {string} example @param {string | null} name null forgets the choice */
export function saveServer(example, name) {
  try {
    if (name === null) localStorage.removeItem(serverKey(example));
    else localStorage.setItem(serverKey(example), name);
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
