// One Python interpreter in a Web Worker: starts it, runs programs in it, carries requests to it, ends it.

import { RELOAD } from "../shared/versions.js";
import { RUNTIME } from "./packages.js";

/** @import {ExchangeMessage, FromWorker, Handshake, HttpRequest, Program, StatusMessage, ToWorker} from "../shared/messages.js" */

/** How long a worker may take to hear that it is to stop: one in an endless loop never does. */
const HEAR_WITHIN_MS = 1000;
/** How long a server that has heard it may take to stop, before its worker is ended. */
const STOP_WITHIN_MS = 5000;

export class Interpreter {
  #worker = new Worker(new URL(WORKER_FILE, import.meta.url), { type: "module" });
  /** @type {Map<number, (message: ExchangeMessage) => void>} */
  #exchanges = new Map();
  #nextId = 1;
  #loaded = deferred();
  #ready = deferred();
  #stopped = deferred();
  /** Ends a worker that takes too long to stop. */
  #deadline = 0;
  #listener;
  alive = true;
  /** Whether Python has started. */
  booted = false;

  /**
   * Starts to fetch and to start the interpreter.
   *
   * @param {string[]} packages what the program imports, by distribution name
   * @param {(message: StatusMessage) => void} listener
   */
  constructor(packages, listener) {
    this.#listener = listener;
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#receive({ type: "crash", message: event.message || `What runs the example could not be loaded. ${RELOAD}` });
    };
    this.#post({ type: "boot", runtime: RUNTIME, packages });
  }

  /**
   * Fetches what is not yet here of these packages.
   *
   * @param {string[]} packages
   * @returns {Promise<void>} settled when Python has started, and has them
   */
  load(packages) {
    this.#loaded = deferred();
    if (!this.alive) this.#loaded.reject(new Error("The interpreter has ended."));
    this.#post({ type: "load", packages });
    return this.#loaded.promise;
  }

  /**
   * Starts a program's server, after stopping the one before it.
   *
   * @param {Program} program
   * @returns {Promise<void>} settled when the server is ready, or has failed
   */
  run(program) {
    this.#ready = deferred();
    this.#post({ type: "run", ...program });
    return this.#ready.promise;
  }

  /**
   * @param {HttpRequest} request
   * @param {(message: ExchangeMessage) => void} listener gets head, data…, end; or error
   * @returns {() => void} makes the client go away
   */
  request(request, listener) {
    const id = this.#open(listener);
    this.#post({ type: "request", id, ...request });
    return () => this.#abort(id);
  }

  /**
   * @param {Handshake} handshake
   * @param {(message: ExchangeMessage) => void} listener gets open, message…, closed; or error
   */
  websocket(handshake, listener) {
    const id = this.#open(listener);
    this.#post({ type: "websocket", id, ...handshake });
    return {
      /** @param {string | Uint8Array} data */
      send: (data) => this.#post({ type: "send", id, data }),
      /** @param {number} code @param {string} reason */
      close: (code, reason) => this.#post({ type: "close", id, code, reason }),
      abort: () => this.#abort(id),
    };
  }

  /** Stops the server; a program that does not let go takes its interpreter with it. */
  async stop() {
    this.#giveUp("The server was stopped.");
    this.#stopped = deferred();
    this.#post({ type: "stop" });
    this.#endIn(HEAR_WITHIN_MS);
    await this.#stopped.promise;
    clearTimeout(this.#deadline);
  }

  /** @param {number} milliseconds */
  #endIn(milliseconds) {
    clearTimeout(this.#deadline);
    this.#deadline = window.setTimeout(() => this.terminate("The server was stopped."), milliseconds);
  }

  /** @param {string} reason what those who still wait are told */
  terminate(reason) {
    this.alive = false;
    this.#worker.terminate();
    this.#giveUp(reason);
    this.#loaded.reject(new Error(reason));
    this.#stopped.resolve();
  }

  /** @param {ToWorker} message */
  #post(message) {
    if (this.alive) this.#worker.postMessage(message);
  }

  /** @param {(message: ExchangeMessage) => void} listener */
  #open(listener) {
    const id = this.#nextId++;
    if (this.alive) this.#exchanges.set(id, listener);
    else queueMicrotask(() => listener({ type: "error", id, message: "The interpreter has ended." }));
    return id;
  }

  /** @param {number} id */
  #abort(id) {
    const listener = this.#exchanges.get(id);
    if (!listener) return;
    this.#exchanges.delete(id);
    this.#post({ type: "abort", id });
    listener({ type: "error", id, message: "Cancelled." });
  }

  /** @param {string} message */
  #giveUp(message) {
    this.#ready.reject(new Error(message));
    const waiting = [...this.#exchanges];
    this.#exchanges.clear();
    for (const [id, listener] of waiting) listener({ type: "error", id, message });
  }

  /** @param {FromWorker} message */
  #receive(message) {
    if (!this.alive) return;
    switch (message.type) {
      case "booted":
        this.booted = true;
        return;
      case "loaded":
        return this.#loaded.resolve();
      case "ready":
        return this.#ready.resolve();
      case "stopping":
        return this.#endIn(STOP_WITHIN_MS);
      case "stopped":
        this.#stopped.resolve();
        this.#giveUp("The server stopped.");
        return this.#listener(message);
      case "failed":
        this.#giveUp(message.message);
        return this.#listener(message);
      case "crash":
        this.terminate(message.message);
        return this.#listener(message);
      case "progress":
      case "log":
        return this.#listener(message);
      default: {
        const listener = this.#exchanges.get(message.id);
        if (["end", "error", "closed"].includes(message.type)) this.#exchanges.delete(message.id);
        listener?.(message);
      }
    }
  }
}

/** A promise that may be rejected before anybody waits for it. */
function deferred() {
  /** @type {PromiseWithResolvers<void>} */
  const made = Promise.withResolvers();
  made.promise.catch(() => {});
  return made;
}
