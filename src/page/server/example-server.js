// An example's server: its state, the interpreter that it runs in, its requests and WebSockets. No DOM: views listen.

import { Draft } from "./draft.js";
import { Emitter } from "./emitter.js";
import { Exchange } from "./exchange.js";
import { ENDED } from "./interpreter.js";
import { noteFetched, watchFetched } from "./packages.js";
import { openWorker } from "./port.js";
import { Preparation } from "./preparation.js";
import { pythonModule } from "./python-module.js";
import { Recording } from "./recording.js";
import { requirementsOf } from "./requirements.js";
import { canSpare, leaveSpare, makeSpare } from "./spare.js";
import { Connection } from "./websocket.js";

/** @import {Interpreter} from "./interpreter.js" */
/** @import {ExampleData, ServerData} from "../shared/example-data.js" */
/** @import {Handshake, HttpRequest, HttpResponse} from "../shared/types.js" */

/** @typedef {"idle" | "loading" | "starting" | "ready" | "failed" | "stopping" | "stopped"} State */
/** @typedef {{source: string, server: ServerData}} Running */
/** @typedef {Running & {ended: Promise<void>}} Start */

/**
 * @typedef {object} Events
 * @property {{state: State, message: string}} statechange the message says why it failed
 * @property {{loaded: number, total: number}} progress of a download, in bytes
 * @property {string} log a text that the program printed or the server logged
 * @property {Exchange[]} sent what `send` sent
 * @property {{connection: Connection, path: string, messages: string[]}} connected what `open` opened
 * @property {{request: HttpRequest, response: HttpResponse}} response an answer is complete
 * @property {null} fetched a run has fetched something, of this example or another
 * @property {null} asked the reader has pressed Run, Send or Connect
 * @property {null} sendpreset the request bar is to send what is in it
 */

const STOPPED = "The server was stopped.";
/** Of the log, so many characters are kept: a program may print without end. */
const MOST_LOG = 1_000_000;

/** @extends {Emitter<Events>} */
export class ExampleServer extends Emitter {
  example;
  data;
  /** The program and the server of the next run. */
  draft;
  /** @type {State} */
  state = "idle";
  /** Why it failed. */
  message = "";
  /** What runs, or ran last. @type {Running | null} */
  running = null;
  /** What was recorded of the run, while a view watches. */
  recording = new Recording();
  /** What was logged and printed, or the end of it. */
  log = "";
  /** The interpreter of the next run. */
  preparation;
  /** What runs, or ran last: no interpreter runs twice. @type {Interpreter | null} */
  #interpreter = null;
  /** The start that has not come to an end yet. @type {Start | null} */
  #start = null;
  /** @type {Promise<void> | null} */
  #stopping = null;
  /** What `send` sent last. @type {Exchange[]} */
  #exchanges = [];
  /** What `open` opened last. @type {Connection | null} */
  #connection = null;
  #left = new AbortController();

  /**
   * @param {string} example its path below examples/
   * @param {ExampleData} data
   * @param {() => import("./port.js").Port} [openPort]
   * @param {import("./python-module.js").PythonModule} [module]
   */
  constructor(example, data, openPort = openWorker, module = pythonModule) {
    super();
    this.example = example;
    this.data = data;
    this.draft = new Draft(example, data);
    this.preparation = new Preparation(data, this.draft, openPort, module);
    this.preparation.on("progress", (progress) => this.emit("progress", progress));
    watchFetched(() => this.emit("fetched", null), this.#left.signal);
  }

  /** Whether a server runs or is on its way. */
  get active() {
    return ["loading", "starting", "ready"].includes(this.state);
  }

  /** Starts to fetch and to start the interpreter of the next run, if that has not been done. */
  prepare() {
    this.preparation.begin();
  }

  /** @param {ServerData} server */
  #takeInterpreter(server) {
    const { interpreter, log } = this.preparation.take(server);
    for (const text of log) this.#addToLog(text);
    interpreter.on("log", (text) => this.#addToLog(text));
    this.recording.follow(interpreter);
    interpreter.on("crash", (message) => {
      // A start, and a stop, come to their end by themselves.
      if (this.#interpreter !== interpreter || this.state !== "ready") return;
      this.#interpreter = null;
      this.#become("failed", message);
    });
    return interpreter;
  }

  /** @param {string} text */
  #addToLog(text) {
    this.log += text;
    if (this.log.length > 2 * MOST_LOG) this.log = this.log.slice(-MOST_LOG);
    this.emit("log", text);
  }

  /**
   * Starts the draft, in place of what runs; a start of the same draft goes on.
   *
   * @returns {Promise<void>} settled when the server is ready, or has not started
   */
  run() {
    const { source, server } = this.draft;
    if (this.#start && this.#start.source === source && this.#start.server === server) return this.#start.ended;
    void this.stop();
    const start = (this.#start = { source, server, ended: Promise.resolve() });
    return (start.ended = this.#begin(start));
  }

  /** @param {Start} start */
  async #begin(start) {
    const { source, server } = start;
    const { module, app, packages } = this.data;
    try {
      if (this.#stopping) {
        if (canSpare()) this.prepare(); // meanwhile
        await this.#stopping;
      }
      this.#mustBeCurrent(start);
      this.running = start;
      const interpreter = (this.#interpreter = this.#takeInterpreter(server));
      this.#become("loading");
      const more = [...((source !== this.draft.published && requirementsOf(source)) || []), ...server.packages];
      await interpreter.load(more);
      this.#mustBeCurrent(start);
      noteFetched([...packages, ...more]);
      this.#become("starting");
      await interpreter.run({ source, module, path: this.example, app, server: server.name });
      this.#mustBeCurrent(start);
      this.#become("ready");
      makeSpare(this);
    } catch (error) {
      if (this.#start === start) {
        const { message } = /** @type {Error} */ (error);
        if (this.#interpreter?.alive) makeSpare(this); // The fault is the program's, and will be mended.
        this.#endInterpreter(message);
        this.#become("failed", message);
      }
      throw error;
    } finally {
      if (this.#start === start) this.#start = null;
    }
  }

  /** @param {Start} start */
  #mustBeCurrent(start) {
    if (this.#start !== start) throw new Error(STOPPED);
  }

  /**
   * Asks the server to stop, or ends its start. Asked again, it ends the server.
   *
   * @param {number} [within] how long the server may take, in milliseconds
   */
  async stop(within) {
    this.#start = null;
    if (this.state === "stopping") this.#interpreter?.terminate(STOPPED);
    else if (this.#interpreter && this.active) {
      if (this.state === "loading") {
        this.#endInterpreter("The start was stopped.");
        this.#become("stopped");
      } else this.#stopping = this.#stop(this.#interpreter, within);
    }
    await this.#stopping;
  }

  /** @param {Interpreter} interpreter @param {number} [within] */
  async #stop(interpreter, within) {
    this.#become("stopping");
    const how = await interpreter.stop(within);
    this.#stopping = null;
    if (this.#interpreter !== interpreter) return;
    this.#interpreter = null;
    if (how !== "stopped") this.#addToLog(ENDED[how]);
    this.#become("stopped");
  }

  /** Settled when the interpreter is free to answer: a program that loops or sleeps keeps it. */
  async ping() {
    await this.#interpreter?.ping();
  }

  /** Ends the interpreter and all that runs in it. @param {string} reason the error of what is not done */
  end(reason) {
    this.#start = null;
    this.#left.abort();
    leaveSpare(this);
    this.preparation.drop();
    this.#endInterpreter(reason);
    if (this.active || this.state === "stopping") this.#become("stopped");
  }

  /** @param {string} reason */
  #endInterpreter(reason) {
    this.#interpreter?.terminate(reason);
    this.#interpreter = null;
  }

  /** The interpreter of the running server. @throws {Error} where none runs */
  get #serving() {
    if (this.state !== "ready" || !this.#interpreter) throw new Error("The server is not running: call run() first.");
    return this.#interpreter;
  }

  /** Sends a request to the running server. @param {HttpRequest} request */
  request(request) {
    const exchange = new Exchange(this.#serving, request);
    exchange.on("end", ({ response }) => this.emit("response", { request, response }));
    return exchange;
  }

  /** Opens a WebSocket to the running server. @param {Handshake} handshake */
  connect(handshake) {
    return new Connection(this.#serving, handshake);
  }

  /** What Run does for a reader: starts the server, and sends what is in the request bar. */
  async runAndSend() {
    this.emit("asked", null);
    await this.run().catch(() => {}); // The state says why.
    if (this.state === "ready") this.emit("sendpreset", null);
  }

  /**
   * What Send does for a reader: starts a server where none runs, and sends a request, in place of the last ones.
   *
   * @param {HttpRequest} request
   * @param {number} count how many at once
   */
  async send(request, count) {
    if (!(await this.#runs())) return;
    this.cancel();
    // Only now is it known who answers.
    const { protocol } = request;
    const sent = { ...request, protocol: this.running?.server.http2 ? protocol : /** @type {const} */ ("HTTP/1.1") };
    this.#exchanges = Array.from({ length: count }, () => this.request(sent));
    this.emit("sent", this.#exchanges);
  }

  /** Aborts what `send` sent last. */
  cancel() {
    for (const exchange of this.#exchanges) exchange.cancel();
    this.#exchanges = [];
  }

  /**
   * What Connect does for a reader: starts a server where none runs, and opens a WebSocket, in place of the last one.
   *
   * @param {Handshake} handshake
   * @param {string[]} messages to send once it is open
   */
  async open(handshake, messages) {
    if (!(await this.#runs())) return;
    this.cancel();
    if (this.#connection?.open) this.#connection.close();
    this.#connection = this.connect(handshake);
    this.emit("connected", { connection: this.#connection, path: handshake.path, messages });
  }

  /** Starts a server where none runs; gives whether one runs then. */
  async #runs() {
    if (this.state !== "ready") await this.run().catch(() => {}); // The state says why.
    return this.state === "ready";
  }

  /** @param {State} state */
  #become(state, message = "") {
    this.state = state;
    this.message = message;
    this.emit("statechange", { state, message });
  }
}
