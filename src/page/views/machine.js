// What a reader types to run the example on their own machine, under the server that is chosen.

import { copying } from "./copy.js";
import { h } from "./dom.js";

/** @import {ExampleServer} from "../server/example-server.js" */

export class Machine {
  #commands = h("pre", { class: "runnable-commands", tabindex: "0", "aria-label": "Commands" });
  element = h(
    "details",
    { class: "runnable-more runnable-machine" },
    h("summary", {}, "On your machine"),
    this.#commands,
    h("div", { class: "runnable-row" }, ...copying(() => this.#commands.textContent)),
  );
  #server;

  /** @param {ExampleServer} server */
  constructor(server) {
    this.#server = server;
    this.#show();
    server.draft.on("server", () => this.#show());
  }

  #show() {
    const { data, draft } = this.#server;
    const lines = [...draft.server.install, draft.server.command];
    const websocket = data.websockets.find(({ subprotocols }) => !subprotocols.length);
    if (websocket)
      lines.push("", "# A client for its WebSocket, in a second terminal:", "pip install websockets", `python -m websockets ws://127.0.0.1:8000${websocket.path}`);
    this.#commands.textContent = lines.join("\n");
  }
}
