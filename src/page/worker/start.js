// Starts Python with packages: plainly, or from the memory of a start that the browser has kept.

import { archiveNames, install, LIBRARY, write } from "./archives.js";
import { startPyodide } from "./pyodide.js";
import { unzipRuntime } from "./unzip.js";

/**
 * @typedef {object} Order
 * @property {import("./downloads.js").Downloads} downloads
 * @property {import("./archives.js").Archives} archives
 * @property {string[]} packages what the program imports, by distribution name
 * @property {string[]} fetched the packages that the page has fetched before
 * @property {Promise<WebAssembly.Module>} module
 * @property {(text: string) => void} print
 * @property {object} [options] for Pyodide
 */

const LATE_MODULES = "late_modules.json";
const START = "runnable.inmemory.start";

/**
 * @param {Order} order
 * @param {Promise<Uint8Array | null>} memory of a kept start; where an interpreter does not begin with it, it begins plainly
 * @returns {Promise<{python: any, start: any, resumed: boolean}>} the start is Python's, see inmemory/start.py
 */
export async function startPython({ downloads, archives, packages, fetched, module, print, options }, memory = Promise.resolve(null)) {
  const { folder, files } = LOCK.core;
  const { common } = LOCK.stdlib;
  downloads.uncounted = new Set(fetched.length ? [...archiveNames(fetched), common.file_name, ...Object.keys(files).map((name) => folder + name)] : []);
  /** @param {string} name */
  const importCore = (name) => downloads.module(folder + name, files[name]);
  const library = downloads.bytes(common.file_name, common).then(unzipRuntime);
  const pyodide = importCore("pyodide.mjs");
  // All at once: the longest download hides the others, and archives are unpacked while WebAssembly compiles.
  // Pyodide waits for ever where a file of its own did not come, so the first failure is the one that is reported.
  const all = Promise.all([Promise.all(archives.fetch(downloads, ["runnable", ...packages])), library, importCore("pyodide.asm.mjs"), pyodide]);
  const settings = {
    indexURL: downloads.base + folder,
    // In place of the zip file, which Pyodide would fetch: a folder, to which more can be added.
    fsInit: async (/** @type {any} */ fs) => write(fs, LIBRARY, await library),
    lockFileContents: { info: LOCK.info, packages: {} },
    env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONPATH: LIBRARY },
    stdin: () => null, // nobody is there to be asked: `input()` raises EOFError
    stdout: print,
    stderr: print,
    ...options,
  };

  /** @param {Uint8Array | null} snapshot */
  async function begin(snapshot) {
    for (const name of ["pyodide.asm.wasm", "python_stdlib.zip"]) downloads.withhold(folder + name);
    const python = await downloads.serveAhead(async () => startPyodide((await pyodide).loadPyodide, settings, await module, snapshot));
    const [packed] = await all;
    await downloads.checked;
    install(python, packed);
    const start = python.pyimport(START);
    return { python, start: snapshot ? start.resume() : start.begin(LIBRARY, LATE_MODULES), resumed: snapshot !== null };
  }

  async function beginAtBest() {
    const snapshot = await memory;
    if (!snapshot) return begin(null);
    try {
      return await begin(snapshot);
    } catch {
      await all; // If one of these has failed, that is what is wrong.
      return begin(null);
    }
  }

  const [started] = await Promise.all([beginAtBest(), all]);
  return started;
}
