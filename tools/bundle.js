// Bundles src/page/ into docs/assets/page/: the page's script and styles, its Web Worker, and what either fetches later.
//
// A page's scripts and styles are asked for with a hash behind their names, `page.js?<hash>`, which the template takes
// from overrides/page-version.html: a new page never meets an old script that the browser still keeps. All other
// names hold the hash of their content: a script never meets a worker of another version, and the worker knows the
// names of the runtime's files that it was made for. What is gone asks the reader to reload the page.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const SOURCE = "src/page";
const OUTPUT = "docs/assets/page";
const VERSION = "overrides/page-version.html";
const RUNTIME = "docs/assets/runtime";
const LOCK = JSON.parse(await readFile(join(RUNTIME, "lock.json"), "utf-8"));

/** @type {import("esbuild").BuildOptions} */
const OPTIONS = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  outdir: OUTPUT,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
};

/** What is fetched later, by its name in src/page/: the name that its content gives it. @type {Map<string, string>} */
const later = new Map();
/** @type {Set<string>} */
const kept = new Set();

/** @param {import("esbuild").BuildOptions} options */
async function bundle(options) {
  const { metafile } = await build({ ...OPTIONS, ...options, metafile: true });
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    kept.add(basename(path));
    if (entryPoint) later.set(basename(entryPoint), basename(path));
  }
}

/** @type {import("esbuild").Plugin} */
const importLater = {
  name: "import later",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: `./${later.get(basename(path))}`, external: true } : null,
    );
  },
};

/** What the Web Worker needs of the lock: it fetches by that, and so never meets files of another version. @param {any} lock */
function forWorker({ core, info, later: laterParts, packages, stdlib }) {
  /** @param {any} entry */
  const file = ({ file_name, size, sha256 }) => ({ file_name, size, sha256 });
  const entries = Object.entries(packages).map(([name, entry]) => [name, { ...file(entry), depends: entry.depends }]);
  const parts = { common: file(stdlib.common), more: { ...file(stdlib.more), for: stdlib.more.for }, rest: file(stdlib.rest) };
  const late = Object.entries(laterParts).map(([name, entry]) => [name, file(entry)]);
  return { core, info, packages: Object.fromEntries(entries), stdlib: parts, later: Object.fromEntries(late) };
}

/** @param {any} lock */
function pythonModule({ core: { folder, files } }) {
  return { path: `${folder}pyodide.asm.wasm`, ...files["pyodide.asm.wasm"] };
}

/** What a run fetches, for the page to say so beforehand. Archives are compressed already. @param {any} lock */
async function weights({ core, packages, stdlib }) {
  const paths = [...Object.keys(core.files).map((name) => join(RUNTIME, core.folder, name)), join(OUTPUT, later.get("worker.js") ?? "")];
  const sizes = await Promise.all(paths.map(async (path) => gzipSync(await readFile(path)).length));
  const entries = Object.entries(packages).map(([name, { size, depends }]) => [name, { size, depends }]);
  return {
    python: sizes.reduce((sum, size) => sum + size, stdlib.common.size),
    more: { size: stdlib.more.size, for: stdlib.more.for },
    packages: Object.fromEntries(entries),
  };
}

/** Writes the frame's page, with its script in it: a frame without an origin has no other way to fetch one. */
async function writeFrame() {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [`${SOURCE}/browser/inside/bridge.js`], format: "iife", write: false });
  const script = outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
  const page = (await readFile(`${SOURCE}/browser/frame.html`, "utf-8")).replace("BRIDGE", () => script);
  const name = `frame-${createHash("sha256").update(page).digest("hex").slice(0, 8)}.html`;
  await mkdir(OUTPUT, { recursive: true });
  await writeFile(join(OUTPUT, name), page);
  kept.add(name);
  return name;
}

const frame = await writeFrame();
await bundle({
  entryPoints: [`${SOURCE}/browser/browser.js`, `${SOURCE}/streams/event-list.js`],
  sourcemap: true,
  define: { FRAME_FILE: JSON.stringify(frame) },
});

/** The addresses that pages link to, by their labels: they stand in one place. @type {import("esbuild").Plugin} */
const addresses = {
  name: "addresses of links.md",
  setup({ onLoad }) {
    onLoad({ filter: /links\.md$/ }, async ({ path }) => {
      const links = [...(await readFile(path, "utf-8")).matchAll(/^\[((?:pep|asgi|aiohttp|rfc)-[\w-]+)\]: (\S+)$/gm)];
      return { contents: JSON.stringify(Object.fromEntries(links.map(([, label, address]) => [label, address]))), loader: "json" };
    });
  },
};

await bundle({
  entryPoints: [
    `${SOURCE}/worker/worker.js`,
    `${SOURCE}/editor/editor.js`,
    `${SOURCE}/capabilities.js`,
    `${SOURCE}/kept-here.js`,
    `${SOURCE}/race/race.js`,
    `${SOURCE}/server/keep-start.js`,
    ...["interface", "waterfall", "wire"].map((name) => `${SOURCE}/instruments/${name}-view.js`),
  ],
  sourcemap: true,
  plugins: [addresses],
  define: { LOCK: JSON.stringify(forWorker(LOCK)) },
});
// Mermaid comes in pieces, of which a page fetches those that its diagrams need; their maps would be 13 MB.
await bundle({ entryPoints: [`${SOURCE}/diagrams.js`], splitting: true });
await bundle({
  entryPoints: [`${SOURCE}/page.js`, `${SOURCE}/styles/page.css`],
  entryNames: "[name]",
  sourcemap: true,
  define: {
    WORKER_FILE: JSON.stringify(later.get("worker.js")),
    PYTHON_MODULE: JSON.stringify(pythonModule(LOCK)),
    WEIGHTS: JSON.stringify(await weights(LOCK)),
  },
  plugins: [importLater],
});

// Not a module: it runs before Material's script, which is none either.
await bundle({ entryPoints: [`${SOURCE}/early.js`], entryNames: "[name]", format: "iife" });

const version = createHash("sha256");
for (const name of ["page.js", "page.css", "early.js"]) version.update(await readFile(join(OUTPUT, name)));
await writeFile(VERSION, version.digest("hex").slice(0, 12));
for (const name of await readdir(OUTPUT)) if (!kept.has(name)) await rm(join(OUTPUT, name));
