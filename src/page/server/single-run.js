// One run of a published program, for what has neither toolbar nor editor: an interpreter that ends with it.

import { Emitter } from "./emitter.js";
import { Exchange } from "./exchange.js";
import { Interpreter } from "./interpreter.js";
import { noteFetched } from "./packages.js";
import { openWorker } from "./port.js";
import { pythonModule } from "./python-module.js";
import { Recording } from "./recording.js";

/** @import {HttpRequest, Program} from "../shared/types.js" */

/** @extends {Emitter<{progress: {loaded: number, total: number}}>} */
export class SingleRun extends Emitter {
  /** What happens, from the first moment. */
  recording = new Recording();
  #program;
  #packages;
  #interpreter;

  /**
   * Starts to fetch and to start the interpreter.
   *
   * @param {Program} program
   * @param {string[]} packages what it and its server import
   * @param {() => import("./port.js").Port} [openPort]
   * @param {import("./python-module.js").PythonModule} [module]
   */
  constructor(program, packages, openPort = openWorker, module = pythonModule) {
    super();
    this.#program = program;
    this.#packages = packages;
    this.#interpreter = new Interpreter(openPort(), packages, module);
    this.#interpreter.on("progress", (progress) => this.emit("progress", progress));
    this.recording.watch();
    this.recording.follow(this.#interpreter);
  }

  /** Settled when the server is ready, or has not started. */
  async start() {
    await this.#interpreter.load(this.#packages);
    noteFetched(this.#packages);
    await this.#interpreter.run(this.#program);
  }

  /** @param {HttpRequest} request */
  request(request) {
    return new Exchange(this.#interpreter, request);
  }

  /** Ends the interpreter. @param {string} reason the error of what is not done */
  end(reason) {
    this.#interpreter.terminate(reason);
  }
}
