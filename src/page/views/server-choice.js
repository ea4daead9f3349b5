// The choice of a server: a labelled list in the toolbar, and a note of what the chosen one is and has to fetch.

import { size } from "./body.js";
import { h } from "./dom.js";
import { bytesToFetch } from "../server/packages.js";
import { loadServer, saveServer } from "../server/storage.js";

/** @import {ExampleData, Server} from "../shared/messages.js" */

export class ServerChoice {
  #example;
  #servers;
  #packages;
  #onChange;
  #select = h("select", { change: () => this.#choose(this.#servers[this.#select.selectedIndex]) });
  #about = h("span", { role: "status" });
  #command = h("code");
  element = h("label", { class: "runnable-field runnable-server" }, h("span", {}, "Server"), this.#select);
  note = h("p", { class: "runnable-notice" }, this.#about, h("span", {}, "On your machine: ", this.#command));
  /** The server that the next run takes. */
  value;

  /**
   * @param {object} options
   * @param {string} options.example its path, the name under which the choice is kept
   * @param {ExampleData} options.data
   * @param {() => void} options.onChange
   */
  constructor({ example, data: { servers, packages }, onChange }) {
    this.#example = example;
    this.#servers = servers;
    this.#packages = packages;
    this.#onChange = onChange;
    this.#select.append(...servers.map((server) => h("option", { value: server.name }, server.title)));
    this.element.hidden = servers.length < 2; // Nothing to choose from.
    this.value = servers.find(({ name }) => name === loadServer(example)) ?? servers[0];
    this.#show();
  }

  /**
   * @param {string} name
   * @throws {RangeError} where the server is none of these
   */
  choose(name) {
    const server = this.#servers.find((each) => each.name === name);
    if (!server) {
      const known = this.#servers.map((each) => each.name).join(", ");
      throw new RangeError(`No server named ${name} runs ${this.#example} in the page; known: ${known}`);
    }
    this.#choose(server);
  }

  /** Says of each server how much there is to fetch; asks the site for it. */
  async showSizes() {
    if (this.element.hidden) return;
    try {
      await Promise.all(this.#servers.map((server, index) => this.#showSize(server, index)));
    } catch {
      // Run asks for the same file, and says what is wrong with it.
    }
  }

  /** @param {Server} server @param {number} index */
  async #showSize(server, index) {
    const bytes = await bytesToFetch(server.packages, this.#packages);
    this.#select.options[index].text = server.title + (bytes ? ` (+${size(bytes)})` : "");
    if (server === this.value) this.#tell(bytes ? ` Run fetches ${size(bytes)} more for it.` : "");
  }

  /** @param {Server} server */
  #choose(server) {
    this.value = server;
    saveServer(this.#example, server === this.#servers[0] ? null : server.name);
    this.#show();
    void this.showSizes();
    this.#onChange();
  }

  #show() {
    this.#select.value = this.value.name;
    this.note.hidden = this.value === this.#servers[0];
    this.#command.textContent = this.value.command;
    this.#tell("");
  }

  /** @param {string} more */
  #tell(more) {
    const text = this.value.summary + more;
    if (this.#about.textContent !== text) this.#about.textContent = text; // A status is read out again whenever it is set.
  }
}
