// The life of one example's server: idle, loading, starting, ready, failed, stopped; owns the interpreter. No DOM.

import { Interpreter } from "./interpreter.js";
import { noteFetched } from "./packages.js";

/** @import {ExampleData, Server, StatusMessage} from "../shared/messages.js" */

/** @typedef {"idle" | "loading" | "starting" | "ready" | "failed" | "stopped"} State */

export class Runner {
  /** @type {State} */
  state = "idle";
  /** Why it failed. */
  message = "";
  /** What the server runs, or ran last. @type {string | null} */
  source = null;
  /** The server that runs, or ran last. @type {Server | null} */
  server = null;
  /** @type {Interpreter | null} */
  #interpreter = null;
  /** The interpreter that has run the example before. @type {Interpreter | null} */
  #used = null;
  /** The start that has not come to an end yet. @type {Promise<void> | null} */
  #starting = null;
  /** @type {Promise<void> | null} */
  #stopping = null;
  #data;
  #path;
  #onState;
  #onMessage;

  /**
   * @param {object} options
   * @param {ExampleData} options.data
   * @param {string} options.path the example's path below examples/
   * @param {(state: State, message: string) => void} options.onState
   * @param {(message: StatusMessage) => void} options.onMessage
   */
  constructor({ data, path, onState, onMessage }) {
    this.#data = data;
    this.#path = path;
    this.#onState = onState;
    this.#onMessage = onMessage;
  }

  /** Whether a server runs or is on its way. */
  get active() {
    return ["loading", "starting", "ready"].includes(this.state);
  }

  /** Whether an interpreter has started: what is fetched now is not Python. */
  get warm() {
    return Boolean(this.#interpreter?.booted);
  }

  /** The interpreter of the running server. @throws {Error} where none runs */
  get interpreter() {
    if (this.state !== "ready" || !this.#interpreter) throw new Error("The server is not running: call run() first.");
    return this.#interpreter;
  }

  /**
   * Starts the download and the interpreter, if that has not been done.
   *
   * @param {string[]} more packages beyond the example's
   */
  prepare(more = []) {
    const packages = [...this.#data.packages, ...more];
    return (this.#interpreter ??= new Interpreter(packages, (message) => this.#hear(message)));
  }

  /**
   * Starts a server, in place of the one that runs.
   *
   * @param {string} source
   * @param {Server} server
   */
  async run(source, server) {
    while (this.active || this.#starting || this.#stopping) {
      if (this.#starting && this.source === source && this.server === server) return this.#starting;
      void this.stop();
      await Promise.allSettled([this.#starting, this.#stopping]);
    }
    return (this.#starting = this.#start(source, server).finally(() => (this.#starting = null)));
  }

  /** Stops the server, or ends the start of it, at once; resolves when it has said its last. */
  async stop() {
    const interpreter = this.#interpreter;
    if (!interpreter || !this.active) return;
    const loading = this.state === "loading";
    this.#become("stopped");
    if (loading) return this.end("The start was stopped.");
    return (this.#stopping = interpreter.stop().then(() => {
      this.#stopping = null;
      if (!interpreter.alive && this.#interpreter === interpreter) this.#interpreter = null;
    }));
  }

  /** @param {string} reason what those who still wait are told */
  end(reason) {
    this.#interpreter?.terminate(reason);
    this.#interpreter = null;
    if (this.active) this.#become("stopped");
  }

  /** @param {string} source @param {Server} server */
  async #start(source, server) {
    const { module, app, packages, oneRunPerProcess } = this.#data;
    if (oneRunPerProcess && this.#used && this.#used === this.#interpreter) {
      this.#used.terminate("The server was replaced.");
      this.#interpreter = null;
    }
    this.source = source;
    this.server = server;
    this.#become("loading");
    const interpreter = this.prepare(server.packages);
    await interpreter.load(server.packages);
    noteFetched([...packages, ...server.packages]);
    this.#become("starting");
    this.#used = interpreter;
    await interpreter.run({ source, module, path: this.#path, app, server: server.name });
    this.#become("ready");
  }

  /** @param {StatusMessage} message */
  #hear(message) {
    this.#onMessage(message);
    if (message.type === "crash") this.#interpreter = null;
    // What was started ahead, or is being stopped, fails quietly: the next run starts anew.
    if (!this.active) return;
    if (message.type === "stopped" && this.state === "ready") this.#become("stopped");
    if (message.type === "failed" || message.type === "crash") this.#become("failed", message.message);
  }

  /** @param {State} state */
  #become(state, message = "") {
    this.state = state;
    this.message = message;
    this.#onState(state, message);
  }
}
