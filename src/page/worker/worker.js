// The Web Worker in which Python runs: fetches and starts Pyodide, then passes messages to the server's session.

import { Archives, install } from "./archives.js";
import { contain } from "./containment.js";
import { Downloads } from "./downloads.js";
import { fetchChecked } from "./fetch-now.js";
import { KeptStart } from "./kept-start.js";
import { Outbox } from "./outbox.js";
import { FOR_SNAPSHOT, onFatalError, takeSnapshot } from "./pyodide.js";
import { startPython } from "./start.js";

/** @import {FromWorker, ToWorker} from "../shared/types.js" */

/** @type {any} */
let python;
/** @type {any} */
let session;
/** @type {Downloads} */
let downloads;
const archives = new Archives();
const outbox = new Outbox(self.postMessage.bind(self));

/** @param {FromWorker} message */
const post = (message) => outbox.send(message);

/** @param {unknown} error */
const crash = (error) => post({ type: "crash", message: error instanceof Error ? error.message : String(error) });

/** @param {string} text */
const print = (text) => post({ type: "log", text: text + "\n" });

/** Comes whenever the page has compiled it. @type {PromiseWithResolvers<WebAssembly.Module>} */
const module = Promise.withResolvers();

/** Messages are taken one after another, for some wait for a download. */
let turn = Promise.resolve();
self.onmessage = ({ data }) => {
  if (data.type === "module") module.resolve(data.module);
  else turn = turn.then(() => receive(data)).catch(crash);
};

/** @param {ToWorker} message */
async function receive(message) {
  if (message.type === "boot") return boot(message);
  if (message.type === "keep") return keep(message);
  if (message.type === "ahead") return importAhead(message);
  if (message.type === "load") return load(message.packages);
  if (message.type === "ping") return post({ type: "pong" });
  if (message.type === "run") contain(print);
  const converted = python.toPy(message);
  session.receive(converted);
  converted.destroy();
}

/** Counts anew. @param {string} runtime the folder's absolute URL */
const counted = (runtime) =>
  new Downloads(runtime, (loaded, total) => post({ type: "progress", loaded, total }));

/** @param {Extract<ToWorker, {type: "boot"}>} message the runtime is its folder's absolute URL */
async function boot({ runtime, packages, fetched }) {
  downloads = counted(runtime);
  const kept = new KeptStart(runtime, packages);
  const finding = kept.find();
  const order = { downloads, archives, packages, fetched, module: module.promise, print };
  const started = await startPython(order, finding.then((found) => found?.memory ?? null)).catch(async (error) => {
    if ((await finding)?.memory) await kept.started(); // What has failed is a download.
    throw error;
  });
  python = started.python;
  onFatalError(python, (error) => crash(`The program has ended its interpreter: ${error.message}`));
  session = started.start.open((/** @type {any} */ message) => {
    const converted = message.toJs({ dict_converter: Object.fromEntries });
    message.destroy?.();
    post(converted);
  }, fetchNow);
  const found = await finding;
  if (started.resumed) void kept.started();
  else if (found?.memory) await kept.forget();
  post({ type: "booted", kept: found !== null });
}

/** Has the browser keep a start with these packages. @param {Extract<ToWorker, {type: "keep"}>} message */
async function keep({ runtime, packages, fetched, source, server }) {
  downloads = counted(runtime);
  const kept = new KeptStart(runtime, packages);
  const { start, ...started } = await startPython({ downloads, archives, packages, fetched, module: module.promise, print, options: FOR_SNAPSHOT });
  python = started.python;
  try {
    importAhead({ source, server });
    start.freeze();
    await kept.keep(takeSnapshot(python));
  } catch {
    await kept.refuse(); // Not tried again.
  }
  post({ type: "kept" });
}

/** Imports what a program and its server will. @param {{source: string, server: string}} program */
function importAhead({ source, server }) {
  python.pyimport("runnable.inmemory.ahead").import_ahead(source, server);
}

/** Adds what these packages need and what is not yet here. @param {string[]} packages */
async function load(packages) {
  const { uncounted } = downloads;
  downloads = counted(downloads.base);
  downloads.uncounted = uncounted;
  install(python, await Promise.all(archives.fetch(downloads, packages)));
  post({ type: "loaded" });
}

/** A part of the standard library or of a distribution, while Python waits. @param {string} part */
function fetchNow(part) {
  const hash = python.pyimport("hashlib").sha256;
  const file = part === "more" || part === "rest" ? LOCK.stdlib[part] : LOCK.later[part];
  return python.toPy(fetchChecked(downloads.base, file, (data) => hash(python.toPy(data)).hexdigest()));
}
