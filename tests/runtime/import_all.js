// Imports every package of the runtime in Pyodide, under Node, and prints their versions as JSON.
//     node import_all.js <runtime>

import { openRuntime } from "../../src/runnable/runtime/built_runtime.mjs";

const { lock, start } = await openRuntime(process.argv[2]);
const python = await start(Object.keys(lock.packages));
python.pyimport("runnable.inmemory.stand_ins").install();
/** @type {Record<string, string>} */
const versions = {};
for (const { name, imports } of Object.values(lock.packages)) {
  for (const root of imports) python.pyimport(root);
  if (name === "runnable") continue;
  versions[name] = python.pyimport("importlib.metadata").version(name);
}
console.log(JSON.stringify(versions));
