// Python as a WebAssembly module: fetched and compiled once a page, and handed to each of its Web Workers.

import { Downloads } from "../worker/downloads.js";
import { Emitter } from "./emitter.js";
import { RUNTIME } from "./packages.js";

/** @extends {Emitter<{progress: null}>} */
export class PythonModule extends Emitter {
  /** Of its bytes, so many have come. */
  loaded = 0;
  /** @type {Promise<WebAssembly.Module> | null} */
  #compiled = null;

  get total() {
    return PYTHON_MODULE.size;
  }

  /** The module; what failed is tried again by whoever asks next. */
  get compiled() {
    if (!this.#compiled) {
      const downloads = new Downloads(RUNTIME, (loaded) => {
        this.loaded = loaded;
        this.emit("progress", null);
      });
      this.#compiled = downloads.compiled(PYTHON_MODULE.path, PYTHON_MODULE);
      this.#compiled.catch(() => (this.#compiled = null));
    }
    return this.#compiled;
  }
}

export const pythonModule = new PythonModule();
