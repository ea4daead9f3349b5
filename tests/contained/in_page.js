// What the tests of containment do within the page.

/** @import {RunnableExample} from "../../src/page/runnable-example.js" */

/** Runs the draft, asks once, and gives the text of the answer. @param {RunnableExample} example @param {string} path */
export async function runAndAsk(example, path) {
  await example.run();
  const { body } = await example.request({ path });
  return new TextDecoder().decode(body);
}
