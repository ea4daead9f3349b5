// The interpreters' starts that this browser keeps, as the page and its Web Worker find them in the Cache API.
//
// A start has two entries: its memory, and a note of when it was used. Of a start that cannot be kept there is an empty
// memory, so that it is not tried again.

/** Before a program can take it away; not there where a site comes by http from another machine. */
const { caches } = globalThis;

/** When the memory's use began, and whether an interpreter has started with it. @typedef {{at: number, done: boolean}} Use */

export const SIZE = "x-size";
export const HASH = "x-sha256";

/** @param {string} runtime the absolute URL of the runtime's folder: two sites may share an origin */
export const openKept = (runtime) => caches?.open(`runnable-starts ${new URL(runtime).pathname}`);

/** @param {string} runtime @param {string} key */
export const memoryUrl = (runtime, key) => `${runtime}kept/${key}`;

/** @param {string} url of the memory */
export const useUrl = (url) => `${url}/use`;

/**
 * What is kept, the last used first.
 *
 * @param {string} runtime
 * @returns {Promise<{url: string, size: number, at: number}[]>} the size is 0 where a start cannot be kept
 */
export async function listKept(runtime) {
  const cache = await openKept(runtime);
  if (!cache) return [];
  const urls = (await cache.keys()).map(({ url }) => url).filter((url) => !url.endsWith("/use"));
  const kept = urls.map(async (url) => {
    const [memory, use] = await Promise.all([cache.match(url), cache.match(useUrl(url))]);
    return { url, size: Number(memory?.headers.get(SIZE)), at: /** @type {Use} */ (await use?.json())?.at ?? 0 };
  });
  return (await Promise.all(kept)).sort((a, b) => b.at - a.at);
}

/** @param {string} runtime @param {string[]} urls of memories */
export async function forgetKept(runtime, urls) {
  const cache = await openKept(runtime);
  await Promise.all(urls.flatMap((url) => [cache?.delete(url), cache?.delete(useUrl(url))]));
}
