// What is used of Pyodide without being documented: a module that the page has compiled, memory snapshots, fatal errors.
//
// tests/page/test_kept_starts.py fails where an upgrade changes it.

/**
 * Pyodide fetches and compiles the module itself, and has no option to be given one. So it is given what it asks the
 * browser for: `instantiateStreaming` of a response becomes `instantiate` of the module.
 *
 * @param {(options: object) => Promise<any>} loadPyodide
 * @param {object} options
 * @param {WebAssembly.Module} module
 * @param {Uint8Array | null} snapshot to begin with, which `takeSnapshot` has taken
 */
export async function startPyodide(loadPyodide, options, module, snapshot) {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const instance = await WebAssembly.instantiate(module, imports);
    // Emscripten's own option for it is for a memory that JavaScript makes.
    if (snapshot) growTo(/** @type {WebAssembly.Memory} */ (instance.exports.memory), memorySize(snapshot));
    return { module, instance };
  };
  try {
    return await loadPyodide(snapshot ? { ...options, _loadSnapshot: snapshot } : options);
  } finally {
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

/** What an interpreter is started with whose memory will be taken. */
export const FOR_SNAPSHOT = { _makeSnapshot: true };
/** Standard input, output and error. */
const OPEN_FILES = 3;

/**
 * The memory of an interpreter, with what Pyodide needs to begin another with it.
 *
 * @param {any} python
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {Error} where it holds what is not in its memory alone: a JavaScript object, a file
 */
export function takeSnapshot(python) {
  const open = python.FS.streams.filter(Boolean);
  if (open.length > OPEN_FILES) throw new Error("a file is open");
  return python.makeMemorySnapshot();
}

/** @param {any} python @param {(error: Error) => void} tell */
export function onFatalError(python, tell) {
  python._api.on_fatal = tell;
}

/** Of a snapshot's head: its second number is how long the head is. @param {Uint8Array} snapshot */
const memorySize = (snapshot) => snapshot.length - new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4, true);

const MEMORY_PAGE = 65_536;

/** @param {WebAssembly.Memory} memory @param {number} size */
function growTo(memory, size) {
  const missing = size - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / MEMORY_PAGE));
}
