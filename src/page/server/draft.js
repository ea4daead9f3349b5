// What the next run takes: the source, as published or edited, and the server. Both are kept over reloads.

import { Emitter } from "./emitter.js";
import { loadEdit, loadServers, saveEdit, saveServer } from "./storage.js";

/** @import {ExampleData, ServerData} from "../shared/example-data.js" */

/**
 * Events: `source` and `server`, where they changed.
 *
 * @extends {Emitter<{source: string, server: ServerData}>}
 */
export class Draft extends Emitter {
  /** The path below examples/, under which it is kept. */
  example;
  published;
  servers;
  #source;
  #server;
  /** An edit of an earlier version of the example, until it is used or forgotten. @type {string | null} */
  outdated = null;
  /** Whether the edit outlives the page: a browser may refuse that. */
  kept = true;

  /**
   * @param {string} example
   * @param {ExampleData} data
   */
  constructor(example, { source, servers }) {
    super();
    this.example = example;
    this.published = this.#source = source;
    this.servers = servers;
    const liked = loadServers().map((liked) => servers.find(({ name }) => name === liked));
    this.#server = liked.find(Boolean) ?? servers[0];
    const edit = loadEdit(example, source);
    if (edit?.outdated) this.outdated = edit.source;
    else if (edit) this.#source = edit.source;
  }

  get source() {
    return this.#source;
  }

  set source(source) {
    if (source === this.#source) return;
    this.#source = source;
    this.keep();
    this.emit("source", source);
  }

  /** Keeps the edit, in place of one that another tab has kept. */
  keep() {
    this.kept = saveEdit(this.example, this.published, this.#source);
  }

  /** What is kept, which another tab may have changed. */
  get keptSource() {
    return loadEdit(this.example, this.published)?.source ?? this.published;
  }

  get edited() {
    return this.#source !== this.published;
  }

  forgetOutdated() {
    this.outdated = null;
    this.keep();
  }

  get server() {
    return this.#server;
  }

  /**
   * @param {string} name
   * @throws {RangeError} where the server is none of the example's
   */
  choose(name) {
    const server = this.servers.find((each) => each.name === name);
    if (!server) {
      const known = this.servers.map((each) => each.name).join(", ");
      throw new RangeError(`No server named ${name} runs ${this.example} in the page; known: ${known}`);
    }
    this.#server = server;
    saveServer(name);
    this.emit("server", server);
  }
}
