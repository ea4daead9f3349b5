// The WebSockets of an application's page: each leads to the application, with the page's cookies.

import { ORIGIN } from "./origin.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Connection} from "../server/websocket.js" */
/** @import {Header} from "../shared/messages.js" */
/** @import {FromFrame, Outcome} from "./bridge.js" */
/** @import {UserAgent} from "./user-agent.js" */

/** So many of a page may be open at once. */
const MOST_OPEN = 32;

export class PageSockets {
  #server;
  #agent;
  #tell;
  /** @type {Map<number, Connection>} */
  #open = new Map();

  /**
   * @param {ExampleServer} server
   * @param {UserAgent} agent
   * @param {(id: number, outcome: Outcome) => void} tell
   */
  constructor(server, agent, tell) {
    this.#server = server;
    this.#agent = agent;
    this.#tell = tell;
  }

  /** @param {Extract<FromFrame, {type: "connect" | "send" | "close"}>} message */
  receive(message) {
    switch (message.type) {
      case "connect":
        return this.#connect(message.id, new URL(message.url), message.subprotocols);
      case "send":
        return this.#open.get(message.id)?.send(message.data);
      case "close":
        return this.#open.get(message.id)?.close(message.code, message.reason);
    }
  }

  /** The page is gone: as in a browser, its connections end. */
  closeAll() {
    for (const connection of this.#open.values()) connection.close(1001, "");
    this.#open.clear();
  }

  /** @param {number} id @param {URL} url @param {string[]} subprotocols */
  #connect(id, url, subprotocols) {
    /** @param {string} message */
    const fail = (message) => this.#tell(id, { type: "error", message });
    const seen = { method: "WebSocket", path: url.href, status: /** @type {number | null} */ (null), message: "" };
    url.protocol = url.protocol.replace("ws", "http");
    if (url.origin !== ORIGIN) {
      this.#agent.note({ ...seen, message: "not asked" });
      return fail(`${url.host} is not the application, and is not asked.`);
    }
    seen.path = url.pathname + url.search;
    if (this.#server.state !== "ready") return fail("The server is not running.");
    if (this.#open.size >= MOST_OPEN) return fail(`The page has ${MOST_OPEN} WebSockets open: no more at once.`);
    const headers = /** @type {Header[]} */ ([["Origin", ORIGIN]]);
    const cookies = this.#agent.jar.header(url);
    if (cookies) headers.push(["Cookie", cookies]);
    const connection = this.#server.connect({ path: url.pathname + url.search, headers, subprotocols });
    this.#open.set(id, connection);
    this.#agent.note(seen);
    /** @param {string} type @param {(event: any) => Outcome} outcome */
    const on = (type, outcome) =>
      connection.addEventListener(type, (/** @type {any} */ event) => {
        if (type === "close" || type === "error") this.#open.delete(id);
        if (type === "open") this.#agent.note(Object.assign(seen, { status: 101 }));
        if (type === "error") this.#agent.note(Object.assign(seen, { message: event.detail.message }));
        this.#tell(id, outcome(event));
      });
    on("open", ({ detail }) => ({ type: "open", subprotocol: detail.subprotocol ?? "" }));
    on("message", ({ data }) => ({ type: "message", data }));
    on("close", ({ code, reason }) => ({ type: "closed", code, reason }));
    on("error", ({ detail }) => ({ type: "error", message: detail.message }));
  }
}
