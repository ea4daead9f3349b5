// Keeps a reader's edit of an example over reloads, with a mark of the source that it was an edit of.

const SITE = new URL("..", import.meta.url).pathname;

/** @param {string} example */
const key = (example) => `runnable-example ${SITE} ${example}`;

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

/** FNV-1a, 32 bits: tells versions of one file apart, guards nothing. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16);
}
