// Opens a Web Worker in which an interpreter runs.

/** @import {ToWorker} from "../shared/types.js" */

/**
 * What is used of a Worker.
 *
 * @typedef {object} Port
 * @property {(message: ToWorker) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: MessageEvent) => void) | null} onmessage
 * @property {((event: ErrorEvent) => void) | null} onerror
 */

/**
 * Started from a blob: URL, the worker inherits the page's Content-Security-Policy; from a URL of the site it would have
 * the policy that its own response names in a header, and a static host names none.
 *
 * @returns {Port}
 */
export function openWorker() {
  const program = `import ${JSON.stringify(new URL(WORKER_FILE, import.meta.url).href)};`;
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
