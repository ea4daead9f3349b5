// The Web Worker in which Python runs: fetches and starts Pyodide, then passes messages to the server's session.

import { contain } from "./containment.js";
import { Downloads } from "./downloads.js";
import { Outbox } from "./outbox.js";
import { startPyodide } from "./pyodide.js";
import { unzip } from "./unzip.js";

/** @import {FromWorker, ToWorker} from "../shared/types.js" */

/** @type {any} */
let python;
/** @type {any} */
let session;
/** @type {Downloads} */
let downloads;
/** @type {Set<string>} */
const loaded = new Set();

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
  downloads.uncounted = new Set(withDependencies(fetched).map((name) => LOCK.packages[name].file_name));
  const { folder, files } = LOCK.core;
  if (fetched.length) for (const name of ["pyodide.asm.mjs", "pyodide.mjs"]) downloads.uncounted.add(folder + name);
  if (fetched.length) downloads.uncounted.add(LOCK.stdlib.file_name);
  /** @param {string} name */
  const importCore = (name) => downloads.module(folder + name, files[name].size);
  const options = {
    indexURL: runtime + folder,
    stdLibURL: runtime + LOCK.stdlib.file_name,
    lockFileContents: { info: LOCK.info, packages: {} },
    env: { PYTHONDONTWRITEBYTECODE: "1" },
    stdin: () => null, // nobody is there to be asked: `input()` raises EOFError
    stdout: print,
    stderr: print,
  };

  // All at once: the longest download hides the others, and archives are unpacked while WebAssembly compiles.
  // Pyodide waits for ever where a file of its own did not come, so the first failure is the one that is reported.
  downloads.withhold(folder + "pyodide.asm.wasm");
  const [archives] = await Promise.all([
    Promise.all(fetchPackages(["runnable", ...packages])),
    downloads.ahead(LOCK.stdlib.file_name, LOCK.stdlib.size),
    importCore("pyodide.asm.mjs"),
    downloads.serveAhead(async () => {
      const { loadPyodide } = await importCore("pyodide.mjs");
      python = await startPyodide(loadPyodide, options, await module.promise);
    }),
  ]);
  install(archives);
  python._api.on_fatal = (/** @type {Error} */ error) => crash(`The program has ended its interpreter: ${error.message}`);
  session = python.pyimport("runnable.inmemory.session").Session((/** @type {any} */ message) => {
    const converted = message.toJs({ dict_converter: Object.fromEntries });
    message.destroy?.();
    post(converted);
  });
  post({ type: "booted" });
}

/** Imports what a program and its server will. @param {Extract<ToWorker, {type: "ahead"}>} message */
function importAhead({ source, server }) {
  python.pyimport("runnable.inmemory.ahead").import_ahead(source, server);
}

/** Adds what these packages need and what is not yet here. @param {string[]} packages */
async function load(packages) {
  const { uncounted } = downloads;
  downloads = counted(downloads.base);
  downloads.uncounted = uncounted;
  install(await Promise.all(fetchPackages(packages)));
  post({ type: "loaded" });
}

/** @param {string[]} names */
function withDependencies(names) {
  const all = new Set(names.filter((name) => name in LOCK.packages));
  for (const name of all) for (const needed of LOCK.packages[name].depends) all.add(needed); // a Set's loop sees what it adds
  return [...all];
}

/**
 * Fetches and unpacks what these packages need and what is not yet here.
 *
 * @param {string[]} names
 * @returns {Promise<import("./unzip.js").File[]>[]}
 */
function fetchPackages(names) {
  return names.flatMap((name) => {
    if (loaded.has(name)) return [];
    const entry = LOCK.packages[name];
    if (!entry) throw new Error(`The site has no package named ${name} for the browser. It has: ${Object.keys(LOCK.packages).join(", ")}.`);
    loaded.add(name);
    return [downloads.bytes(entry.file_name, entry.size).then(unzip), ...fetchPackages(entry.depends)];
  });
}

/** @param {import("./unzip.js").File[][]} archives */
function install(archives) {
  const root = `/lib/python${/^\d+\.\d+/.exec(LOCK.info.python)}/site-packages/`;
  const made = new Set();
  for (const { path, data } of archives.flat()) {
    const folder = root + path.slice(0, path.lastIndexOf("/") + 1);
    if (!made.has(folder)) python.FS.mkdirTree(folder);
    made.add(folder);
    python.FS.writeFile(root + path, data, { canOwn: true });
  }
  python.pyimport("importlib").invalidate_caches();
}
