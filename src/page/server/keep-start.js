// Has the browser keep the start of an interpreter, made in a Web Worker of its own, for later runs and visits.
//
// It is made from the published packages and the published program's imports, and never from what a reader has written.

/** @import {FromWorker, ToWorker} from "../shared/types.js" */
/** @import {Port} from "./port.js" */

/** A start is up to 40 MB: a browser with less room than this has better uses for it. */
const LEAST_ROOM = 1024 ** 3;
/** What takes longer is given up. */
const WITHIN_MS = 60_000;

let making = false;

/**
 * @param {() => Port} openPort
 * @param {import("./python-module.js").PythonModule} module
 * @param {Omit<Extract<ToWorker, {type: "keep"}>, "type">} start
 * @returns {Promise<boolean>} whether it was tried to the end
 */
export async function keepStart(openPort, module, start) {
  if (making || !(await hasRoom())) return false;
  making = true;
  const port = openPort();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let deadline;
  try {
    return await new Promise((resolve, reject) => {
      deadline = setTimeout(() => resolve(false), WITHIN_MS);
      port.onerror = (event) => (event.preventDefault(), resolve(false));
      port.onmessage = ({ data: { type } }) => ["kept", "crash"].includes(/** @type {FromWorker["type"]} */ (type)) && resolve(type === "kept");
      port.postMessage({ type: "keep", ...start });
      module.compiled.then((compiled) => port.postMessage({ type: "module", module: compiled }), reject);
    });
  } catch {
    return false; // It can be fetched no more.
  } finally {
    clearTimeout(deadline);
    port.terminate();
    making = false;
  }
}

async function hasRoom() {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate().catch(() => {})) ?? {};
  return quota - usage >= LEAST_ROOM;
}
