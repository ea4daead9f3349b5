// What the tests of containment do within the page.

/** @import {RunnableExample} from "../../src/page/runnable-example.js" */

/** Runs the draft, asks once, and gives the text of the answer. @param {RunnableExample} example @param {string} path */
export async function runAndAsk(example, path) {
  await example.run();
  const { body } = await example.request({ path });
  return new TextDecoder().decode(body);
}

/** Begins to run the draft. @param {RunnableExample} example */
export function begin(example) {
  example.run().catch(() => {}); // its state tells
}

/**
 * Asks, and opens a WebSocket.
 *
 * @param {RunnableExample} example
 * @param {boolean} wait whether the request comes to an end
 * @returns {Promise<string>} the answer's text, or what went wrong
 */
export async function ask(example, wait) {
  const answer = example.request({ path: "/" }).then(
    ({ body }) => new TextDecoder().decode(body),
    (error) => error.message,
  );
  example.connect({ path: "/" });
  return wait ? answer : "";
}

/** Stops what runs. @param {RunnableExample} example */
export async function stop(example) {
  await example.stop();
}
