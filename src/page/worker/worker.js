// The Web Worker in which Python runs: fetches and starts Pyodide, then passes messages to the server's session.

import { contain } from "./containment.js";
import { Downloads } from "./downloads.js";
import { fetchChecked } from "./fetch-now.js";
import { Outbox } from "./outbox.js";
import { startPyodide } from "./pyodide.js";
import { unzipRuntime } from "./unzip.js";

/** @import {FromWorker, ToWorker} from "../shared/types.js" */
/** @typedef {{folder: string, files: import("./unzip.js").File[]}} Archive */

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

/** Where Python looks for its library, and below it for packages. */
const LIBRARY = `/lib/python${/^\d+\.\d+/.exec(LOCK.info.python)}/`;
const PACKAGES = `${LIBRARY}site-packages/`;
const LATE_MODULES = "late_modules.json";
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
  const { folder, files } = LOCK.core;
  const { common } = LOCK.stdlib;
  downloads.uncounted = new Set(withDependencies(fetched).map((name) => LOCK.packages[name].file_name));
  if (fetched.length) for (const name of Object.keys(files)) downloads.uncounted.add(folder + name);
  if (fetched.length) downloads.uncounted.add(common.file_name);
  if (needMore(fetched)) downloads.uncounted.add(LOCK.stdlib.more.file_name);
  /** @param {string} name */
  const importCore = (name) => downloads.module(folder + name, files[name]);
  const library = downloads.bytes(common.file_name, common).then(unzipRuntime);
  const options = {
    indexURL: runtime + folder,
    // In place of the zip file, which Pyodide would fetch: a folder, to which more can be added.
    fsInit: async (/** @type {any} */ fs) => write(fs, LIBRARY, await library),
    lockFileContents: { info: LOCK.info, packages: {} },
    env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONPATH: LIBRARY },
    stdin: () => null, // nobody is there to be asked: `input()` raises EOFError
    stdout: print,
    stderr: print,
  };

  // All at once: the longest download hides the others, and archives are unpacked while WebAssembly compiles.
  // Pyodide waits for ever where a file of its own did not come, so the first failure is the one that is reported.
  downloads.withhold(folder + "pyodide.asm.wasm");
  downloads.withhold(folder + "python_stdlib.zip");
  const [archives] = await Promise.all([
    Promise.all(fetchPackages(["runnable", ...packages])),
    library,
    importCore("pyodide.asm.mjs"),
    downloads.serveAhead(async () => {
      const { loadPyodide } = await importCore("pyodide.mjs");
      python = await startPyodide(loadPyodide, options, await module.promise);
    }),
  ]);
  await downloads.checked;
  install(archives);
  const pathlib = python.pyimport("pathlib");
  python.pyimport("runnable.inmemory.late_library").install(fetchNow, pathlib.Path(LIBRARY), LATE_MODULES);
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

/** Whether one of these packages needs more of the standard library. @param {string[]} names */
const needMore = (names) => withDependencies(names).some((name) => LOCK.stdlib.more.for.includes(name));

/** A part of the standard library, while Python waits. @param {"more" | "rest"} part */
function fetchNow(part) {
  const hash = python.pyimport("hashlib").sha256;
  return python.toPy(fetchChecked(downloads.base, LOCK.stdlib[part], (data) => hash(python.toPy(data)).hexdigest()));
}

/**
 * Fetches and unpacks what these packages need and what is not yet here.
 *
 * @param {string[]} names
 * @returns {Promise<Archive>[]}
 */
function fetchPackages(names) {
  const { more } = LOCK.stdlib;
  const archives = names.flatMap((name) => {
    if (loaded.has(name)) return [];
    const entry = LOCK.packages[name];
    if (!entry) throw new Error(`The site has no package named ${name} for the browser. It has: ${Object.keys(LOCK.packages).join(", ")}.`);
    loaded.add(name);
    return [fetchArchive(entry, PACKAGES), ...fetchPackages(entry.depends)];
  });
  if (loaded.has(more.file_name) || !needMore(names)) return archives;
  loaded.add(more.file_name);
  return [...archives, fetchArchive(more, LIBRARY)];
}

/**
 * @param {import("../shared/types.js").RuntimeFile} file
 * @param {string} folder where it is unpacked
 * @returns {Promise<Archive>}
 */
async function fetchArchive(file, folder) {
  return { folder, files: await unzipRuntime(await downloads.bytes(file.file_name, file)) };
}

/** @param {Archive[]} archives */
function install(archives) {
  for (const { folder, files } of archives) write(python.FS, folder, files);
  python.pyimport("importlib").invalidate_caches();
}

/**
 * @param {any} fs Emscripten's file system
 * @param {string} root
 * @param {import("./unzip.js").File[]} files
 */
function write(fs, root, files) {
  const made = new Set();
  for (const { path, data } of files) {
    const folder = root + path.slice(0, path.lastIndexOf("/") + 1);
    if (!made.has(folder)) fs.mkdirTree(folder);
    made.add(folder);
    fs.writeFile(root + path, data, { canOwn: true });
  }
}
