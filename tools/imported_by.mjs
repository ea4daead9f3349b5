// Runs examples in the built runtime, and says which files of the standard library each of them imports.
//     node imported_by.mjs <runtime> < examples.json
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { openRuntime } from "../src/runnable/runtime/built_runtime.mjs";

const source = await readFile(new URL("imported_by.py", import.meta.url), "utf-8");
const { start } = await openRuntime(process.argv[2]);
/** @type {Record<string, string[]>} */
const imported = {};
for (const example of JSON.parse(await text(process.stdin))) {
  for (const server of example.servers) {
    const python = await start(["runnable", ...example.packages, ...server.packages], { stdout() {}, stderr() {} });
    python.globals.set("example", python.toPy(example));
    python.globals.set("server", server.name);
    await python.runPythonAsync(source);
    const run = `${example.path} ${server.name}`;
    imported[run] = (await python.runPythonAsync("await imported(example, server)")).toJs();
    console.error(run, imported[run].length);
  }
}
// Servers that were stopped may have left timers; a pipe takes its text in pieces.
process.stdout.write(JSON.stringify(imported), () => process.exit(0));
