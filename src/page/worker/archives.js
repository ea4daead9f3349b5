// Fetches the runtime's archives, each once an interpreter, and writes their files where Python looks for them.

import { unzipRuntime } from "./unzip.js";

/** @typedef {{folder: string, files: import("./unzip.js").File[]}} Archive */

/** Where Python looks for its library, and below it for packages. */
export const LIBRARY = `/lib/python${/^\d+\.\d+/.exec(LOCK.info.python)}/`;
const PACKAGES = `${LIBRARY}site-packages/`;

export class Archives {
  /** @type {Set<string>} */
  #begun = new Set();

  /**
   * Fetches and unpacks what these packages need and what has not been asked for.
   *
   * @param {import("./downloads.js").Downloads} downloads
   * @param {string[]} names
   * @returns {Promise<Archive>[]}
   */
  fetch(downloads, names) {
    const { more } = LOCK.stdlib;
    const archives = names.flatMap((name) => {
      if (this.#begun.has(name)) return [];
      const entry = LOCK.packages[name];
      if (!entry) throw new Error(`The site has no package named ${name} for the browser. It has: ${Object.keys(LOCK.packages).join(", ")}.`);
      this.#begun.add(name);
      return [fetchArchive(downloads, entry, PACKAGES), ...this.fetch(downloads, entry.depends)];
    });
    if (this.#begun.has(more.file_name) || !needMore(names)) return archives;
    this.#begun.add(more.file_name);
    return [...archives, fetchArchive(downloads, more, LIBRARY)];
  }
}

/** These packages, and all that they need. @param {string[]} names */
function withDependencies(names) {
  const all = new Set(names.filter((name) => name in LOCK.packages));
  for (const name of all) for (const needed of LOCK.packages[name].depends) all.add(needed); // a Set's loop sees what it adds
  return [...all];
}

/** Whether one of these packages needs more of the standard library. @param {string[]} names */
const needMore = (names) => withDependencies(names).some((name) => LOCK.stdlib.more.for.includes(name));

/** The archives that these packages need, by the names of their files, sorted. @param {string[]} names */
export function archiveNames(names) {
  const files = withDependencies(names).map((name) => LOCK.packages[name].file_name);
  return [...files, ...(needMore(names) ? [LOCK.stdlib.more.file_name] : [])].sort();
}

/**
 * @param {import("./downloads.js").Downloads} downloads
 * @param {import("../shared/types.js").RuntimeFile} file
 * @param {string} folder where it is unpacked
 * @returns {Promise<Archive>}
 */
async function fetchArchive(downloads, file, folder) {
  return { folder, files: await unzipRuntime(await downloads.bytes(file.file_name, file)) };
}

/** @param {any} python @param {Archive[]} archives */
export function install(python, archives) {
  for (const { folder, files } of archives) write(python.FS, folder, files);
  python.pyimport("importlib").invalidate_caches();
}

/**
 * @param {any} fs Emscripten's file system
 * @param {string} root
 * @param {import("./unzip.js").File[]} files
 */
export function write(fs, root, files) {
  const made = new Set();
  for (const { path, data } of files) {
    const folder = root + path.slice(0, path.lastIndexOf("/") + 1);
    if (!made.has(folder)) fs.mkdirTree(folder);
    made.add(folder);
    fs.writeFile(root + path, data, { canOwn: true });
  }
}
