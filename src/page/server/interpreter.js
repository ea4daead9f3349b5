// One Python interpreter in a Web Worker: starts it, runs programs in it, sends their servers requests, ends it.

import { RELOAD } from "../shared/versions.js";
import { Deferred } from "./deferred.js";
import { Emitter } from "./emitter.js";
import { isFromWorker } from "./from-worker.js";
import { fetchedNames, RUNTIME } from "./packages.js";

/** @import {ClientEvent, HttpEvent, RecordedMessage, WebSocketEvent} from "../shared/messages.js" */
/** @import {Handshake, HttpRequest, Program, ToWorker} from "../shared/types.js" */
/** @import {Port} from "./port.js" */
/** @import {PythonModule} from "./python-module.js" */

/** How long a server may take to begin to stop, which it never does in an endless loop; and to stop. */
const [BEGIN_WITHIN_MS, STOP_WITHIN_MS] = [150, 1000];

const STOPPED = "The server was stopped.";
const IGNORED = "The page ignores messages of its Web Worker that it does not know.\n";

/** What the log says of a server that was ended. */
export const ENDED = {
  hung: "The server was ended before it had stopped: its shutdown, or a request, takes long.\n",
  kept: "The server was ended without a shutdown: the program did not give control back.\n",
};

/**
 * Events: `progress` of a download, in bytes; `log`, a text that was printed or logged; `recorded`, what was asked for by `watch`; `crash`, the interpreter has
 * ended by itself. What comes of a command is in the promise that the command returns.
 *
 * @extends {Emitter<{progress: {loaded: number, total: number}, log: string, recorded: RecordedMessage, crash: string}>}
 */
export class Interpreter extends Emitter {
  #port;
  /** The receivers of the events of requests and WebSockets. @type {Map<number, (event: any) => void>} */
  #clients = new Map();
  #nextId = 1;
  #loaded = new Deferred();
  #ready = new Deferred();
  #stopped = new Deferred();
  /** Whether the server has begun to stop. */
  #stopping = false;
  #pong = new Deferred();
  /** What the Web Worker has of its download. */
  #progress = { loaded: 0, total: 0 };
  /** The same of Python's module, which the page fetches. */
  #module = { loaded: 0, total: 0 };
  /** Whether a message was ignored: the log says so once. */
  #ignored = false;
  alive = true;
  /** Whether Python has started. */
  booted = false;
  /** Whether the browser keeps such a start, or has found that it cannot. */
  kept = false;

  /**
   * Starts to fetch and to start the interpreter.
   *
   * @param {Port} port
   * @param {string[]} packages what the program imports, by distribution name
   * @param {PythonModule} module
   */
  constructor(port, packages, module) {
    super();
    this.#port = port;
    port.onmessage = ({ data }) => this.#receive(data);
    port.onerror = (event) => {
      event.preventDefault();
      this.#receive({ type: "crash", message: event.message || `What runs the example could not be loaded. ${RELOAD}` });
    };
    this.#post({ type: "boot", runtime: RUNTIME, packages, fetched: fetchedNames() });
    void this.#takeModule(module);
  }

  /** @param {PythonModule} module */
  async #takeModule(module) {
    const own = { loaded: 0, total: 0 };
    if (module.loaded < module.total) {
      own.total = module.total;
      module.on("progress", () => {
        own.loaded = module.loaded;
        this.#showProgress();
      });
    }
    this.#module = own;
    try {
      this.#post({ type: "module", module: await module.compiled });
    } catch (error) {
      this.#receive({ type: "crash", message: /** @type {Error} */ (error).message });
    }
  }

  #showProgress() {
    const loaded = this.#progress.loaded + this.#module.loaded;
    this.emit("progress", { loaded, total: this.#progress.total + this.#module.total });
  }

  /**
   * Imports what a program and its server will import. What fails ends the interpreter.
   *
   * @param {string} source
   * @param {string} server "" where it is not known
   */
  importAhead(source, server) {
    this.#post({ type: "ahead", source, server });
  }

  /**
   * Fetches those of these packages that have not been fetched.
   *
   * @param {string[]} packages
   * @returns {Promise<void>} settled when Python has started, and has them
   */
  load(packages) {
    this.#loaded = new Deferred();
    if (this.booted) this.#progress = this.#module = { loaded: 0, total: 0 };
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
   * @returns {{id: number, abort: () => void}} `abort` ends the request's connection
   */
  request(request, receive) {
    const id = this.#addClient(receive);
    this.#post({ type: "request", id, ...request, body: request.body ?? undefined });
    return { id, abort: () => this.#abort(id) };
  }

  /**
   * @param {Handshake} handshake
   * @param {(event: WebSocketEvent) => void} receive gets open, message… and pong…, closed; or error
   */
  websocket(handshake, receive) {
    const id = this.#addClient(receive);
    this.#post({ type: "websocket", id, ...handshake });
    return {
      /** @param {string | Uint8Array} data */
      send: (data) => this.#post({ type: "send", id, data }),
      /** @param {string} payload */
      ping: (payload) => this.#post({ type: "sendping", id, payload }),
      /** @param {number} code @param {string} reason */
      close: (code, reason) => this.#post({ type: "close", id, code, reason }),
      abort: () => this.#abort(id),
    };
  }

  /** Asks for what the recorder has and gets, or for no more of it. @param {boolean} on */
  watch(on) {
    this.#post({ type: "watch", on });
  }

  /** @returns {Promise<void>} settled when the interpreter has time for it */
  ping() {
    this.#pong = new Deferred();
    this.#post({ type: "ping" });
    return this.#pong.promise;
  }

  /**
   * Asks the server to stop, and then ends the interpreter: no program runs after another.
   *
   * @param {number} [within] how long the server may take, in milliseconds; to begin, too
   * @returns {Promise<"stopped" | "hung" | "kept">} whether it stopped; or was busy to stop; or has not read that it is to
   */
  async stop(within) {
    this.#rejectWaiting(STOPPED);
    this.#post({ type: "stop" });
    const begin = setTimeout(() => this.#stopping || this.terminate(STOPPED), within ?? BEGIN_WITHIN_MS);
    const end = setTimeout(() => this.terminate(STOPPED), within ?? STOP_WITHIN_MS);
    await this.#stopped.promise;
    for (const deadline of [begin, end]) clearTimeout(deadline);
    const stopped = this.alive;
    this.terminate(STOPPED);
    return stopped ? "stopped" : this.#stopping ? "hung" : "kept";
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
      case "kept":
        return; // It is an answer to another question, see keep-start.js.
      case "booted":
        this.booted = true;
        this.kept = message.kept;
        return;
      case "loaded":
        return this.#loaded.resolve();
      case "ready":
        return this.#ready.resolve();
      case "failed":
        return this.#rejectWaiting(message.message);
      case "stopping":
        this.#stopping = true;
        return;
      case "pong":
        return this.#pong.resolve();
      case "stopped":
        return this.#stopped.resolve();
      case "crash":
        this.terminate(message.message);
        return this.emit("crash", message.message);
      case "progress":
        this.#progress = message;
        return this.#showProgress();
      case "log":
        return this.emit("log", message.text);
      case "recorded":
        return this.emit("recorded", message);
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
