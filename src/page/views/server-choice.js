// The choice of a server: a labelled list in the toolbar, and a note of what another is and has to fetch.

import { size } from "./body.js";
import { h } from "./dom.js";
import { bytesToFetch } from "../server/packages.js";

/** @import {ExampleServer} from "../server/example-server.js" */

export class ServerChoice {
  #draft;
  #packages;
  #select = h("select", { change: () => this.#draft.choose(this.#select.value) });
  element = h("label", { class: "runnable-field runnable-server" }, h("span", {}, "Server"), this.#select);
  note = h("p", { class: "runnable-notice", role: "status" });

  /** @param {ExampleServer} server */
  constructor(server) {
    this.#draft = server.draft;
    const { servers } = server.draft;
    this.#packages = [...server.data.packages, ...servers[0].packages];
    this.#select.append(...servers.map(({ name, title }) => h("option", { value: name }, title)));
    this.element.hidden = servers.length < 2; // Nothing to choose from.
    this.#show();
    server.draft.on("server", () => this.#show());
    server.on("fetched", () => this.#show());
  }

  #show() {
    const { server, servers } = this.#draft;
    this.#select.value = server.name;
    this.note.hidden = server === servers[0];
    for (const [index, { packages, title }] of servers.entries()) {
      const bytes = bytesToFetch(packages, this.#packages);
      this.#select.options[index].text = title + (bytes ? ` (+${size(bytes)})` : "");
      if (servers[index] === server) this.#describe(bytes ? ` Run fetches ${size(bytes)} more for it.` : "");
    }
  }

  /** @param {string} more */
  #describe(more) {
    const text = this.#draft.server.summary + more;
    if (this.note.textContent !== text) this.note.textContent = text; // A status is read out again whenever it is set.
  }
}
