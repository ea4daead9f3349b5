// Imports every package of the runtime in Pyodide, under Node, and prints their versions as JSON.
//     node import_all.js <runtime>

import { readFile } from "node:fs/promises";
const runtime = process.argv[2];
const lock = JSON.parse(await readFile(`${runtime}/lock.json`, "utf-8"));
const core = `${runtime}/${lock.core.folder}`;
const { loadPyodide } = await import(`${core}pyodide.mjs`);
const python = await loadPyodide({
  indexURL: core,
  stdLibURL: `${runtime}/${lock.stdlib.file_name}`,
  lockFileURL: `${runtime}/lock.json`,
});
const packages = Object.values(lock.packages);
for (const { file_name } of packages) {
  const data = new Uint8Array(await readFile(`${runtime}/${file_name}`));
  python.unpackArchive(data, "zip", { extractDir: python.runPython(`
    import site
    site.getsitepackages()[0]`) });
}
python.pyimport("runnable.inmemory.stand_ins").install();
/** @type {Record<string, string>} */
const versions = {};
for (const { name, imports } of packages) {
  for (const root of imports) python.pyimport(root);
  if (name === "runnable") continue;
  versions[name] = python.pyimport("importlib.metadata").version(name);
}
console.log(JSON.stringify(versions));
