// What an example's next run takes: an interpreter that has started ahead, and has imported what the program begins with.

import { Emitter } from "./emitter.js";
import { Interpreter } from "./interpreter.js";
import { fetchedNames, RUNTIME } from "./packages.js";

/** @import {Draft} from "./draft.js" */
/** @import {Port} from "./port.js" */
/** @import {PythonModule} from "./python-module.js" */
/** @import {ExampleData, ServerData} from "../shared/example-data.js" */

/** @typedef {{interpreter: Interpreter, packages: string[], server: string, log: string[]}} Prepared the server is "" where any may follow */

/** @extends {Emitter<{progress: {loaded: number, total: number}}>} */
export class Preparation extends Emitter {
  #data;
  #draft;
  #openPort;
  #module;
  /** @type {Prepared | null} */
  #prepared = null;

  /**
   * @param {ExampleData} data
   * @param {Draft} draft
   * @param {() => Port} openPort
   * @param {PythonModule} module
   */
  constructor(data, draft, openPort, module) {
    super();
    this.#data = data;
    this.#draft = draft;
    this.#openPort = openPort;
    this.#module = module;
  }

  /** Starts to fetch and to start the interpreter, if that has not been done. */
  begin() {
    if (this.#prepared) return;
    const { server } = this.#draft;
    const first = server === this.#draft.servers[0]; // What others add is fetched when they run.
    const here = first || server.packages.every((name) => fetchedNames().includes(name));
    const prepared = (this.#prepared = this.#start(here ? server : null));
    prepared.interpreter.on("log", (text) => prepared.log.push(text));
    prepared.interpreter.on("crash", () => this.#prepared === prepared && (this.#prepared = null));
    // Of the published program: what a reader has written runs when the reader says so.
    prepared.interpreter.importAhead(this.#data.source, prepared.server);
  }

  /** Has the browser keep such a start for later, if it does not, and if it can. */
  async keep() {
    const prepared = this.#prepared;
    if (!prepared) return;
    await prepared.interpreter.ping(); // until then it is not known
    if (prepared.interpreter.kept || this.#prepared !== prepared) return;
    const { keepStart } = await import("./keep-start.js");
    const { packages, server } = prepared;
    const start = { runtime: RUNTIME, fetched: fetchedNames(), packages, server, source: this.#data.source };
    prepared.interpreter.kept = await keepStart(this.#openPort, this.#module, start);
  }

  /** Ends what was begun. */
  drop() {
    this.#prepared?.interpreter.terminate("It is not needed.");
    this.#prepared = null;
  }

  /**
   * Gives what was prepared, if it is for this server, or else a new interpreter.
   *
   * @param {ServerData} server
   * @returns {Prepared} with what was printed so far
   */
  take(server) {
    if (this.#prepared && ![server.name, ""].includes(this.#prepared.server)) this.drop();
    const prepared = this.#prepared ?? this.#start(server);
    this.#prepared = null;
    return prepared;
  }

  /** @param {ServerData | null} server */
  #start(server) {
    const [first] = this.#draft.servers;
    const packages = [...this.#data.packages, ...first.packages, ...(server?.packages ?? [])];
    const interpreter = new Interpreter(this.#openPort(), packages, this.#module);
    interpreter.on("progress", (progress) => this.emit("progress", progress));
    return { interpreter, packages, server: server?.name ?? "", log: /** @type {string[]} */ ([]) };
  }
}
