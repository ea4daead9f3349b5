// Starts the built runtime under Node: for what runs examples at build time, and for tests.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { unzipRuntime } from "../../page/worker/unzip.js";

/**
 * @param {string} folder where the runtime was built
 * @returns the lock, and what starts an interpreter with all of the standard library and these packages
 */
export async function openRuntime(folder) {
  const runtime = `${resolve(folder)}/`;
  const lock = JSON.parse(await readFile(`${runtime}lock.json`, "utf-8"));
  const core = runtime + lock.core.folder;
  const { loadPyodide } = await import(`${core}pyodide.mjs`);
  const library = `/lib/python${/^\d+\.\d+/.exec(lock.info.python)}/`;

  /** @param {any} fs @param {string} root @param {{file_name: string}} entry */
  const unpack = async (fs, root, { file_name }) => {
    for (const { path, data } of await unzipRuntime(new Uint8Array(await readFile(runtime + file_name)))) {
      fs.mkdirTree(root + path.slice(0, path.lastIndexOf("/") + 1));
      fs.writeFile(root + path, data);
    }
  };

  /** @param {string[]} names of packages @param {object} options for Pyodide */
  const start = async (names, options = {}) => {
    const all = new Set(names);
    for (const name of all) for (const needed of lock.packages[name].depends) all.add(needed);
    return loadPyodide({
      indexURL: core,
      stdLibURL: "/dev/null", // the library is a folder
      lockFileContents: { info: lock.info, packages: {} },
      env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONPATH: library },
      convertNullToNone: true,
      fsInit: async (/** @type {any} */ fs) => {
        for (const part of ["common", "more", "rest"]) await unpack(fs, library, lock.stdlib[part]);
        for (const part of [lock.packages, lock.later]) {
          for (const name of all) if (name in part) await unpack(fs, `${library}site-packages/`, part[name]);
        }
      },
      ...options,
    });
  };
  return { lock, library, start };
}
