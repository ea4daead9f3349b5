// Starts Pyodide from a module that the page has compiled.

/**
 * Pyodide fetches and compiles the module itself, and has no option to be given one. So it is given what it asks the
 * browser for: `instantiateStreaming` of a response becomes `instantiate` of the module.
 *
 * @param {(options: object) => Promise<any>} loadPyodide
 * @param {object} options
 * @param {WebAssembly.Module} module
 */
export async function startPyodide(loadPyodide, options, module) {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  try {
    return await loadPyodide(options);
  } finally {
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}
