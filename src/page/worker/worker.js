// The Web Worker in which Python runs: fetches and starts Pyodide, then passes messages to the server's session.

import { RELOAD } from "../shared/versions.js";
import { contain } from "./containment.js";
import { Downloads } from "./downloads.js";
import { Outbox } from "./outbox.js";
import { unzip } from "./unzip.js";

/** @import {FromWorker, Lock, ToWorker} from "../shared/types.js" */

/** @type {any} */
let python;
/** @type {any} */
let session;
/** @type {Lock} */
let lock;
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

/** Messages are taken one after another, for some wait for a download. */
let turn = Promise.resolve();
self.onmessage = ({ data }) => {
  turn = turn.then(() => receive(data)).catch(crash);
};

/** @param {ToWorker} message */
async function receive(message) {
  if (message.type === "boot") return boot(message.runtime, message.packages);
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

/**
 * @param {string} runtime the folder's absolute URL
 * @param {string[]} packages
 */
async function boot(runtime, packages) {
  downloads = counted(runtime);
  lock = await (await downloads.response("lock.json", { cache: "no-cache" })).json();
  // The two ends of one conversation are of the same version.
  if (lock.packages.runnable.file_name !== RUNNABLE_ARCHIVE) throw new Error(RELOAD);
  const { folder, files } = lock.core;
  /** @param {string} name */
  const importCore = (name) => downloads.module(folder + name, files[name].size);
  const start = (/** @type {any} */ { loadPyodide }) =>
    loadPyodide({
      indexURL: runtime + folder,
      stdLibURL: runtime + lock.stdlib.file_name,
      lockFileContents: { info: lock.info, packages: {} },
      env: { PYTHONDONTWRITEBYTECODE: "1" },
      stdin: () => null, // nobody is there to be asked: `input()` raises EOFError
      stdout: print,
      stderr: print,
    });

  // All at once: the longest download hides the others, and archives are unpacked while WebAssembly compiles.
  // Pyodide waits for ever where a file of its own did not come, so the first failure is the one that is reported.
  const [archives] = await Promise.all([
    Promise.all(fetchPackages(["runnable", ...packages])),
    downloads.ahead(folder + "pyodide.asm.wasm", files["pyodide.asm.wasm"].size),
    downloads.ahead(lock.stdlib.file_name, lock.stdlib.size),
    importCore("pyodide.asm.mjs"),
    downloads.serveAhead(async () => (python = await start(await importCore("pyodide.mjs")))),
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

/** Adds what these packages need and what is not yet here. @param {string[]} packages */
async function load(packages) {
  downloads = counted(downloads.base);
  install(await Promise.all(fetchPackages(packages)));
  post({ type: "loaded" });
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
    const entry = lock.packages[name];
    if (!entry) throw new Error(`The site has no package named ${name} for the browser. It has: ${Object.keys(lock.packages).join(", ")}.`);
    loaded.add(name);
    return [downloads.bytes(entry.file_name, entry.size).then(unzip), ...fetchPackages(entry.depends)];
  });
}

/** @param {import("./unzip.js").File[][]} archives */
function install(archives) {
  const root = `/lib/python${/^\d+\.\d+/.exec(lock.info.python)}/site-packages/`;
  const made = new Set();
  for (const { path, data } of archives.flat()) {
    const folder = root + path.slice(0, path.lastIndexOf("/") + 1);
    if (!made.has(folder)) python.FS.mkdirTree(folder);
    made.add(folder);
    python.FS.writeFile(root + path, data, { canOwn: true });
  }
  python.pyimport("importlib").invalidate_caches();
}
