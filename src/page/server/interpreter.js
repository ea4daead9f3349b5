// One Python interpreter in a Web Worker: starts it, runs programs in it, sends their servers requests, ends it.

import { RELOAD } from "../shared/versions.js";
import { Emitter } from "./emitter.js";
import { isFromWorker } from "./from-worker.js";
import { RUNTIME } from "./packages.js";

/** @import {ClientEvent, HttpEvent, WebSocketEvent} from "../shared/messages.js" */
/** @import {Handshake, HttpRequest, Program, ToWorker} from "../shared/types.js" */

/** How long a worker may take to read that it is to stop: one in an endless loop never does. */
const READ_WITHIN_MS = 1000;
/** How long a server that is stopping may take, before its worker is ended. */
const STOP_WITHIN_MS = 5000;

const IGNORED = "The page ignores messages of its Web Worker that it does not know.\n";

/**
 * What is used of a Worker.
 *
 * @typedef {object} Port
 * @property {(message: ToWorker) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: MessageEvent) => void) | null} onmessage
 * @property {((event: ErrorEvent) => void) | null} onerror
 */

/**
 * Started from a blob: URL, the worker inherits the page's Content-Security-Policy; from a URL of the site it would have
 * the policy that its own response names in a header, and a static host names none.
 *
 * @returns {Port}
 */
export function openWorker() {
  const program = `import ${JSON.stringify(new URL(WORKER_FILE, import.meta.url).href)};`;
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}

/**
 * Events: `progress` of a download, in bytes; `log`, a text that was printed or logged; `crash`, the interpreter has
 * ended by itself. What comes of a command is in the promise that the command returns.
 *
 * @extends {Emitter<{progress: {loaded: number, total: number}, log: string, crash: string}>}
 */
export class Interpreter extends Emitter {
  #port;
  /** The receivers of the events of requests and WebSockets. @type {Map<number, (event: any) => void>} */
  #clients = new Map();
  #nextId = 1;
  #loaded = new Deferred();
  #ready = new Deferred();
  #stopped = new Deferred();
  #pong = new Deferred();
  /** Ends a worker that takes too long to stop. @type {ReturnType<typeof setTimeout> | undefined} */
  #deadline;
  /** Whether a message was ignored: the log says so once. */
  #ignored = false;
  alive = true;
  /** Whether Python has started. */
  booted = false;

  /**
   * Starts to fetch and to start the interpreter.
   *
   * @param {Port} port
   * @param {string[]} packages what the program imports, by distribution name
   */
  constructor(port, packages) {
    super();
    this.#port = port;
    port.onmessage = ({ data }) => this.#receive(data);
    port.onerror = (event) => {
      event.preventDefault();
      this.#receive({ type: "crash", message: event.message || `What runs the example could not be loaded. ${RELOAD}` });
    };
    this.#post({ type: "boot", runtime: RUNTIME, packages });
  }

  /**
   * Fetches those of these packages that have not been fetched.
   *
   * @param {string[]} packages
   * @returns {Promise<void>} settled when Python has started, and has them
   */
  load(packages) {
    this.#loaded = new Deferred();
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
    this.#ready = new Deferred();
    this.#post({ type: "run", ...program });
    return this.#ready.promise;
  }

  /**
   * @param {HttpRequest} request
   * @param {(event: HttpEvent) => void} receive gets head, data…, end; or error
   * @returns {() => void} aborts the request's connection
   */
  request(request, receive) {
    const id = this.#addClient(receive);
    this.#post({ type: "request", id, ...request, body: request.body ?? undefined });
    return () => this.#abort(id);
  }

  /**
   * @param {Handshake} handshake
   * @param {(event: WebSocketEvent) => void} receive gets open, message…, closed; or error
   */
  websocket(handshake, receive) {
    const id = this.#addClient(receive);
    this.#post({ type: "websocket", id, ...handshake });
    return {
      /** @param {string | Uint8Array} data */
      send: (data) => this.#post({ type: "send", id, data }),
      /** @param {number} code @param {string} reason */
      close: (code, reason) => this.#post({ type: "close", id, code, reason }),
      abort: () => this.#abort(id),
    };
  }

  /** @returns {Promise<void>} settled when the interpreter has time for it */
  ping() {
    this.#pong = new Deferred();
    this.#post({ type: "ping" });
    return this.#pong.promise;
  }

  /** Stops the server; the worker of a program that does not let it stop is ended. */
  async stop() {
    this.#rejectWaiting("The server was stopped.");
    this.#stopped = new Deferred();
    this.#post({ type: "stop" });
    this.#endIn(READ_WITHIN_MS);
    await this.#stopped.promise;
    clearTimeout(this.#deadline);
  }

  /** @param {number} milliseconds */
  #endIn(milliseconds) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.terminate("The server was stopped."), milliseconds);
  }

  /** @param {string} reason the error of every command, request and WebSocket that is not done */
  terminate(reason) {
    this.alive = false;
    this.#port.terminate();
    this.#rejectWaiting(reason);
    this.#loaded.reject(new Error(reason));
    this.#stopped.resolve();
  }

  /** @param {ToWorker} message */
  #post(message) {
    if (this.alive) this.#port.postMessage(message);
  }

  /** @param {(event: any) => void} receive */
  #addClient(receive) {
    const id = this.#nextId++;
    if (this.alive) this.#clients.set(id, receive);
    else queueMicrotask(() => receive({ type: "error", message: "The interpreter has ended." }));
    return id;
  }

  /** @param {number} id */
  #abort(id) {
    const receive = this.#clients.get(id);
    if (!receive) return;
    this.#clients.delete(id);
    this.#post({ type: "abort", id });
    receive({ type: "error", message: "Cancelled." });
  }

  /** @param {string} message */
  #rejectWaiting(message) {
    this.#ready.reject(new Error(message));
    const receivers = [...this.#clients.values()];
    this.#clients.clear();
    for (const receive of receivers) receive({ type: "error", message });
  }

  /** @param {unknown} message */
  #receive(message) {
    if (!this.alive) return;
    if (!isFromWorker(message)) {
      if (!this.#ignored) this.emit("log", IGNORED);
      this.#ignored = true;
      return;
    }
    switch (message.type) {
      case "booted":
        this.booted = true;
        return;
      case "loaded":
        return this.#loaded.resolve();
      case "ready":
        return this.#ready.resolve();
      case "failed":
        return this.#rejectWaiting(message.message);
      case "stopping":
        return this.#endIn(STOP_WITHIN_MS);
      case "pong":
        return this.#pong.resolve();
      case "stopped":
        return this.#stopped.resolve();
      case "crash":
        this.terminate(message.message);
        return this.emit("crash", message.message);
      case "progress":
        return this.emit("progress", { loaded: message.loaded, total: message.total });
      case "log":
        return this.emit("log", message.text);
      case "event":
        return this.#receiveEvent(message.id, message.event);
      default:
        /** @type {never} */ (message);
    }
  }

  /** @param {number} id @param {ClientEvent} event */
  #receiveEvent(id, event) {
    const receive = this.#clients.get(id);
    if (["end", "error", "closed"].includes(event.type)) this.#clients.delete(id);
    receive?.(event);
  }
}

/** A promise that others settle; it may be rejected before anybody waits for it. */
class Deferred {
  /** @type {() => void} */
  resolve = () => {};
  /** @type {(error: Error) => void} */
  reject = () => {};
  /** @type {Promise<void>} */
  promise = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));

  constructor() {
    this.promise.catch(() => {});
  }
}
