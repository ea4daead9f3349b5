// Runs compiler.py with the interpreter that the browser will have: Pyodide, here
// under Node, on the zip files in a folder.
//     node compiler.mjs <site-packages with pyodide-build> <folder>
import { readFile } from "node:fs/promises";
import { loadPyodide } from "pyodide";

const [sitePackages, folder] = process.argv.slice(2);
const source = await readFile(new URL("compiler.py", import.meta.url), "utf8");
const python = await loadPyodide({
  env: {
    HOME: "/home/pyodide",
    PYTHONHASHSEED: "0", // the order of a frozenset's items
    SOURCE_DATE_EPOCH: "315532800", // no time of day; 1980, as zip knows none earlier
  },
});
python.mountNodeFS("/site-packages", sitePackages);
python.mountNodeFS("/archives", folder);
try {
  python.runPython(source);
} catch (error) {
  // uncaught, it would come with Pyodide's one line of a megabyte
  console.error(error.message);
  process.exitCode = 1;
}
