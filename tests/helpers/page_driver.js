// The browser's part of page_driver.py: runs a <runnable-example>, and notes what it answers and when.

/** @import {HttpRequest} from "../../src/page/shared/types.js" */
/** @import {RunnableExample} from "../../src/page/runnable-example.js" */

/** @param {RunnableExample} example @param {string} server */
export function run(example, server) {
  example.server = server;
  return example.run();
}

/** @param {RunnableExample} example @param {number} within milliseconds */
export function stop(example, within) {
  return example.stop(within);
}

/**
 * Sends a request as often as asked, at once.
 *
 * @param {RunnableExample} example
 * @param {{request: HttpRequest & {body: number[] | null}, count: number}} order
 * @returns {Promise<[number, object][][]>} what came, each with its time in seconds
 */
export async function send(example, { request, count }) {
  const body = request.body === null ? null : new Uint8Array(request.body);
  const sent = performance.now() / 1000;
  const one = async () => {
    /** @type {[number, object][]} */
    const seen = [[sent, { type: "sent" }]];
    try {
      const { status, headers, chunks, times, raw } = await example.request({ ...request, body });
      seen.push([sent, { type: "head", status, headers }]);
      for (const [n, data] of chunks.entries()) seen.push([sent + times[n] / 1000, { type: "data", data: [...data] }]);
      seen.push([performance.now() / 1000, { type: "end", raw: [...raw] }]);
    } catch (error) {
      seen.push([performance.now() / 1000, { type: "error", message: /** @type {Error} */ (error).message }]);
    }
    return seen;
  };
  return Promise.all(Array.from({ length: count }, one));
}

/**
 * Holds a conversation over a WebSocket, or goes away as soon as it is open.
 *
 * @param {RunnableExample} example
 * @param {{exchange: {path: string, subprotocols: string[], steps: [string, any][]}, abort: boolean}} order
 * @returns {Promise<object[]>} what came
 */
export async function speak(example, { exchange: { path, subprotocols, steps }, abort }) {
  /** @type {object[]} */
  const seen = [];
  let arrived = () => {};
  /** @param {object} message */
  const note = (message) => {
    seen.push(message);
    arrived();
  };
  /** @param {number} count */
  const until = async (count) => {
    while (seen.length < count) await new Promise((resolve) => (arrived = () => resolve(null)));
  };
  const socket = example.connect({ path, subprotocols });
  /** @param {string} type @param {(event: any) => object} read */
  const on = (type, read) => socket.addEventListener(type, (event) => note(read(event)));
  on("open", ({ detail }) => ({ type: "open", ...detail }));
  on("message", ({ data }) => ({ type: "message", data }));
  on("close", ({ code }) => ({ type: "closed", code }));
  on("error", ({ detail }) => ({ type: "error", ...detail }));
  await until(1);
  if (abort) socket.abort();
  for (const [action, value] of abort ? [] : steps) {
    if (action === "send") {
      socket.send(value);
      continue;
    }
    if (action === "close") socket.close(value);
    await until(seen.length + 1);
  }
  return seen;
}
