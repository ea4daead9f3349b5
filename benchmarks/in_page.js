// What `make benchmark` measures within the page; times are in milliseconds.

/** @import {RunnableExample} from "../src/page/runnable-example.js" */

/** Starts floor.js in a Web Worker. */
export function floor() {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const worker = new Worker("floor.js", { type: "module" });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = () => {
      worker.terminate();
      resolve(performance.now() - began);
    };
  });
}

/**
 * Presses Run, and waits for the first answer. The click is dispatched: a real pointer would hover first, and hovering
 * starts the download.
 *
 * @param {RunnableExample} example
 */
export function firstResponse(example) {
  void example.server; // Far from the view, an example builds its buttons when it is used.
  return new Promise((resolve, reject) => {
    const began = performance.now();
    example.addEventListener("response", () => resolve(performance.now() - began), { once: true });
    example.addEventListener("statechange", (event) => {
      const { state, message } = /** @type {CustomEvent} */ (event).detail;
      if (state === "failed") reject(new Error(message));
    });
    /** @type {HTMLButtonElement} */ (example.querySelector(".runnable-run")).click();
  });
}

/** Sends requests to the running server, one after another. @param {RunnableExample} example @param {number} count */
export async function laterRequests(example, count) {
  const times = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    await example.request({ path: "/" });
    times.push(performance.now() - began);
  }
  return times;
}

/** Runs an edited source, and waits for its first answer. @param {RunnableExample} example */
export async function runAgain(example) {
  example.source += "# edited\n";
  const began = performance.now();
  await example.run();
  await example.request({ path: "/" });
  return performance.now() - began;
}

/** As a pointer does that comes to rest on Run. @param {RunnableExample} example */
export function hover(example) {
  void example.server;
  example.querySelector(".runnable-run")?.dispatchEvent(new PointerEvent("pointerenter"));
}

/** How long Stop takes, from its press to the state. @param {RunnableExample} example */
export function stop(example) {
  const began = performance.now();
  return example.stop().then(() => performance.now() - began);
}
