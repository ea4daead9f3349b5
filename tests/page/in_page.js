// What the tests of <runnable-example> do within the page, where it takes more than an expression.

/** @import {RunnableExample} from "../../src/page/runnable-example.js" */

/** Sends one request, and gives the text of its answer. @param {RunnableExample} example */
async function text(example) {
  const { body } = await example.request({ path: "/" });
  return new TextDecoder().decode(body);
}

/** Edits, runs and asks. @param {RunnableExample} example @param {[string, string]} edit what is replaced, by what */
export async function editAndRun(example, [before, after]) {
  example.source = example.source.replace(before, after);
  await example.run();
  return text(example);
}

/** @param {RunnableExample} example @param {string} server */
export function refusalOfServer(example, server) {
  try {
    example.server = server;
  } catch (error) {
    return String(error);
  }
}

/** Runs, and sends one request, whatever comes of it. @param {RunnableExample} example @param {string} path */
export async function runAndAsk(example, path) {
  await example.run();
  await example.request({ path }).catch((error) => error);
}

/** Runs two servers, the second while the first starts. @param {RunnableExample} example @param {[string, string]} servers */
export async function runOneOverTheOther(example, [first, second]) {
  example.server = first;
  const outcome = example.run().catch((error) => error.message);
  example.server = second;
  await example.run();
  const { headers } = await example.request({ path: "/" });
  return [await outcome, new Map(headers).get("server")];
}

/** Runs servers one after the other, and asks each. @param {RunnableExample} example @param {string[]} servers */
export async function answersOf(example, servers) {
  const answers = [];
  for (const server of servers) {
    example.server = server;
    await example.run();
    const { status, headers } = await example.request({ path: "/" });
    answers.push([status, new Map(headers).get("server")]);
  }
  return answers;
}

/** Stops the server while a request waits. @param {RunnableExample} example */
export async function stopMeanwhile(example) {
  const answer = example.request({ path: "/" }).catch((error) => error.message);
  setTimeout(() => example.stop(), 300);
  return answer;
}

/** Stops, however long it takes. @param {RunnableExample} example */
export function stopWithPatience(example) {
  return example.stop(100_000);
}

/** Asks the server to stop, and never ends it. @param {RunnableExample} example */
export function askToStop(example) {
  void example.stop(1_000_000);
}

/** Runs, and gives all that the download's bar and its text said. @param {RunnableExample} example */
export async function progressOfRun(example) {
  void example.server; // Far from the view, an example builds its buttons when it is used.
  const bar = /** @type {HTMLProgressElement} */ (example.querySelector("progress"));
  const parent = /** @type {HTMLElement} */ (bar.parentElement);
  /** @type {[number, number, string | null][]} */
  const seen = [];
  const note = () => seen.push([bar.value, bar.max, parent.textContent]);
  new MutationObserver(note).observe(parent, { childList: true, subtree: true });
  await example.run();
  return seen;
}

/** Makes the edit that is kept one of an earlier version of the example. */
export function makeEditOutdated() {
  const key = Object.keys(localStorage).find((name) => name.startsWith("runnable-example ")) ?? "";
  const edit = JSON.parse(localStorage.getItem(key) ?? "");
  localStorage.setItem(key, JSON.stringify({ ...edit, original: "another hash" }));
}

/** Adds an element whose data cannot be read. @param {HTMLElement} place */
export function addBrokenExample(place) {
  const broken = document.createElement("runnable-example");
  broken.innerHTML = "<pre>x</pre><script type='application/json'>{</script>";
  place.append(broken);
}

/** The controls that a finger may miss. @param {HTMLElement} example */
export function smallControls(example) {
  const all = [...example.querySelectorAll("button, input, select, textarea, summary")];
  return all
    .filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < 44)
    .map((control) => control.outerHTML);
}
