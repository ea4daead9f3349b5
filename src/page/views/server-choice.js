// The choice of a server: a labelled list in the toolbar, and a note of what another is and has to fetch.

import { size } from "./body.js";
import { h } from "./dom.js";
import { watchInterest } from "./interest.js";
import { bytesToFetch } from "../server/packages.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {ServerData} from "../shared/example-data.js" */

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
    server.draft.on("server", () => {
      this.#show();
      void this.showSizes();
    });
    server.on("statechange", ({ state }) => state === "ready" && void this.showSizes());
    watchInterest(this.element, this.element, () => this.showSizes());
  }

  /** Says of each server how much there is to fetch; asks the site for it. */
  async showSizes() {
    if (this.element.hidden) return;
    try {
      await Promise.all(this.#draft.servers.map((server, index) => this.#showSize(server, index)));
    } catch {
      // Run asks for the same file, and says what is wrong with it.
    }
  }

  /** @param {ServerData} server @param {number} index */
  async #showSize(server, index) {
    const bytes = await bytesToFetch(server.packages, this.#packages);
    this.#select.options[index].text = server.title + (bytes ? ` (+${size(bytes)})` : "");
    if (server === this.#draft.server) this.#describe(bytes ? ` Run fetches ${size(bytes)} more for it.` : "");
  }

  #show() {
    const { server, servers } = this.#draft;
    this.#select.value = server.name;
    this.note.hidden = server === servers[0];
    this.#describe("");
  }

  /** @param {string} more */
  #describe(more) {
    const text = this.#draft.server.summary + more;
    if (this.note.textContent !== text) this.note.textContent = text; // A status is read out again whenever it is set.
  }
}
