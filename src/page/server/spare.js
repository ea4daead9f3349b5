// One interpreter in reserve: made in idle time once a server runs, so that the next run need not wait for its start; and
// later in it, the start that the browser keeps.

/** @import {ExampleServer} from "./example-server.js" */

/** A device with less memory, in GiB as the browser rounds it, gets none. */
const LEAST_MEMORY = 4;
/** The answer comes first; and what a reader does next, before a start is kept for later. */
const [AFTER_MS, KEEP_AFTER_MS] = [500, 5000];

/** Whose it is, or will be: there is one a page. @type {ExampleServer | null} */
let owner = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Whether this device has memory for a second interpreter, and its reader data. */
export function canSpare() {
  const { connection, deviceMemory = LEAST_MEMORY } = /** @type {{connection?: {saveData: boolean}, deviceMemory?: number}} */ (
    globalThis.navigator ?? {}
  );
  return !connection?.saveData && deviceMemory >= LEAST_MEMORY;
}

/** Makes an interpreter for this server's next run, in place of another server's. @param {ExampleServer} server */
export function makeSpare(server) {
  if (!canSpare()) return;
  clearTimeout(timer);
  if (owner !== server) owner?.preparation.drop();
  owner = server;
  later(AFTER_MS, server, () => {
    server.prepare();
    later(KEEP_AFTER_MS, server, () => void server.preparation.keep());
  });
}

/** Makes none for this server, which has left the page. @param {ExampleServer} server */
export function leaveSpare(server) {
  if (owner === server) owner = null;
}

/** @param {number} delay @param {ExampleServer} server @param {() => void} work done if it is still the owner */
function later(delay, server, work) {
  timer = setTimeout(() => whenIdle(() => owner === server && work()), delay);
}

/** @param {() => void} work */
function whenIdle(work) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work);
  else work();
}
