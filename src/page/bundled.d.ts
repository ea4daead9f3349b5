// What tools/bundle.js writes into the bundled scripts.

/** The Web Worker's file, beside the page's script. Its name holds its content's hash. */
declare const WORKER_FILE: string;

/** Python as a WebAssembly module: its path in the runtime's folder, its size in bytes, and its hash. */
declare const PYTHON_MODULE: { path: string } & import("./shared/types.js").Listed;

/** What a run fetches, in bytes as sent: Python and all that each run takes, and what packages add. */
declare const WEIGHTS: {
  python: number;
  more: { size: number; for: string[] };
  packages: Record<string, { size: number; depends: string[] }>;
};

/** What the runtime's lock.json says, as far as the Web Worker needs it. */
declare const LOCK: import("./shared/types.js").Lock;

/** The page of the frame that shows an application's page, beside the script. */
declare const FRAME_FILE: string;

/** The addresses of docs/includes/links.md, by their labels. */
declare module "*/links.md" {
  const addresses: Record<string, string>;
  export default addresses;
}
