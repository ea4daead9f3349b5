// Sends hostile requests to a running example, drawn by chance from a seed, many at once.

/** @import {RunnableExample} from "../../src/page/runnable-example.js" */
/** @import {Header} from "../../src/page/shared/messages.js" */
/** @import {HttpRequest} from "../../src/page/shared/types.js" */

/**
 * mulberry32: numbers from 0 to 1, the same for the same seed.
 *
 * @param {number} seed
 */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const METHODS = ["GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "TRACE", "get", "", " ", "G\r\nX: y", "é", "A".repeat(9000)];
const TARGETS = ["/", "*", "", "//", "/../..", "/%00", "/%", "/?a=%ZZ", "http://other/", "other:443", "/\r\nX: y", "/é", "/#x", "/a b", "\u0000"];
const NAMES = [
  ...["Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "Cookie", "Range", "TE", "Trailer"],
  ...["", " ", ":", "X\r\nY", "é", "x".repeat(9000), "X-A", "Sec-WebSocket-Key", "Proxy", "Content-Type", "X-Forwarded-For"],
];
const VALUES = [
  ...["", "0", "-1", "5", "99999999999999999999", "0x10", "5, 6", "chunked", "gzip, chunked", "identity", "close", "upgrade"],
  ...["websocket", "h2c", "100-continue", "x\r\nY: z", "\u0000", "é", "bytes=0-", "y".repeat(70_000), "%s%n", "a;b=c", "{}"],
];
const BODIES = ["", "x", "0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "z".repeat(100_000), "a=1&a=%", "{", "\u0000"];
const AT_ONCE = 10;

/** @param {() => number} next @returns {HttpRequest} */
function drawRequest(next) {
  /** @template T @param {readonly T[]} all @returns {T} */
  const one = (all) => all[Math.floor(next() * all.length)];
  const noise = () => Array.from({ length: next() * 20 }, () => String.fromCharCode(next() * 256)).join("");
  /** @param {readonly string[]} all */
  const drawn = (all) => (next() < 0.8 ? one(all) : noise());
  /** @type {Header[]} */
  const headers = Array.from({ length: next() * 5 }, () => [drawn(NAMES), drawn(VALUES)]);
  return {
    method: next() < 0.5 ? "POST" : drawn(METHODS),
    path: next() < 0.5 ? "/" : drawn(TARGETS),
    headers,
    body: next() < 0.5 ? null : new TextEncoder().encode(drawn(BODIES)),
    protocol: next() < 0.9 ? "HTTP/1.1" : "HTTP/2",
    leaveAfter: next() < 0.9 ? 0 : 1,
  };
}

/**
 * Sends them, with a good one after each few; then stops the server, which ends those that wait for their own rest.
 *
 * @param {RunnableExample} example
 * @param {{seed: number, count: number}} order
 * @returns {Promise<{answered: number, refused: number}>} how many ended in which way
 */
export async function sendHostile(example, { seed, count }) {
  const next = numbers(seed);
  const ends = { answered: 0, refused: 0 };
  const asked = [];
  for (let sent = 0; sent < count; sent++) {
    const answer = example.request(drawRequest(next));
    asked.push(answer.then(() => ends.answered++, () => ends.refused++));
    if (sent % AT_ONCE) continue;
    const { status } = await example.request({ path: "/" });
    if (status !== 200) throw new Error(`after ${sent} of them a good request was answered with ${status}`);
  }
  await example.stop();
  await Promise.all(asked);
  return ends;
}
