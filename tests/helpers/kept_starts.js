// What the tests ask of the starts that the browser keeps, and do to them; in the page.

/** @typedef {{url: string, size: number, hash: string, at: number, done: boolean}} Kept */

async function open() {
  const [name] = await caches.keys();
  return name === undefined ? null : caches.open(name);
}

/** @returns {Promise<Kept[]>} */
export async function list() {
  const cache = await open();
  if (!cache) return [];
  const urls = (await cache.keys()).map(({ url }) => url).filter((url) => !url.endsWith("/use"));
  return Promise.all(
    urls.map(async (url) => {
      const [memory, use] = await Promise.all([cache.match(url), cache.match(`${url}/use`)]);
      const { headers } = memory ?? new Response();
      return { url, size: Number(headers.get("x-size")), hash: headers.get("x-sha256"), ...(await use?.json()) };
    }),
  );
}

/**
 * Spoils the one that is kept.
 *
 * @param {Element} _
 * @param {"a byte" | "its end" | "its head" | "its state" | "its use"} what
 */
export async function spoil(_, what) {
  const cache = await open();
  const [{ url }] = await list();
  const memory = await cache?.match(url);
  if (!cache || !memory) throw new Error("no start is kept");
  const headers = new Headers(memory.headers);
  let data = new Uint8Array(await memory.arrayBuffer());
  if (what === "a byte") data[data.length >> 1] ^= 1;
  if (what === "its end") data = data.slice(0, -4);
  if (what === "its head") data[0] ^= 1;
  if (what === "its state") data.fill(0, 1 << 20);
  if (what === "its use") await cache.put(`${url}/use`, Response.json({ at: 0, done: false }));
  if (what === "its head" || what === "its state") {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    headers.set("x-sha256", Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  await cache.put(url, new Response(data, { headers }));
}
