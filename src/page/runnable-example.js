// <runnable-example>: a code block that runs, in the reader's browser, on the real server's own code.

import { ExampleServer } from "./server/example-server.js";
import { Editing } from "./views/editing.js";
import { takeData } from "./shared/fence-data.js";
import { keepFocus } from "./views/focus.js";
import { keepKeys } from "./views/keys.js";
import { whenNear } from "./views/near.js";
import { Panel } from "./views/panel.js";
import { Toolbar } from "./views/toolbar.js";

/** @import {Header, Protocol} from "./shared/messages.js" */
/** @import {HttpResponse} from "./shared/types.js" */

/**
 * Public face: attribute `src` (path below examples/), attribute `data-state`, properties `source`, `server` and
 * `log`, methods `run`, `request`, `connect`, `stop`, bubbling events `statechange` and `response`.
 *
 * A page may show thirty examples, so each builds what is beside its code only when it comes near the view, or when
 * its public face is used: until then it is the code block, and its data.
 */
export class RunnableExample extends HTMLElement {
  /** @type {import("./shared/example-data.js").ExampleData | null} */
  #data = null;
  /** @type {ExampleServer | null} */
  #server = null;

  connectedCallback() {
    if (this.#data) return;
    this.#data = takeData(this);
    if (!this.#data) return;
    this.dataset.state = "idle";
    whenNear(this, () => this.#built);
  }

  disconnectedCallback() {
    this.#server?.end("The example has left the page.");
  }

  /** @param {ExampleServer} server */
  #build(server) {
    this.dataset.built = "";
    const editing = new Editing(server, /** @type {HTMLElement | null} */ (this.firstElementChild));
    const toolbar = new Toolbar(server, editing);
    const panel = new Panel(server);
    this.append(editing.element, toolbar.element, toolbar.about, panel.element);
    keepFocus(this);
    keepKeys(this);
    /** @param {{state: string, message: string}} now */
    const showState = ({ state, message }) => {
      this.dataset.state = state;
      this.#dispatch("statechange", { state, message });
    };
    showState(server);
    server.on("statechange", showState);
    server.on("response", (detail) => this.#dispatch("response", detail));
    return server;
  }

  /** @param {string} type @param {object} detail */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }

  // Not a property `src`: Material assigns to that of every element that has the attribute, and would hide it.
  get #path() {
    return this.getAttribute("src") ?? "";
  }

  get #built() {
    if (!this.#data) throw new Error(`The example ${this.#path} is not on a page, or has no data.`);
    return (this.#server ??= this.#build(new ExampleServer(this.#path, this.#data)));
  }

  /** The source that the next run takes. */
  get source() {
    return this.#built.draft.source;
  }

  set source(source) {
    this.#built.draft.source = source;
  }

  /** The name of the server that the next run takes. @throws {RangeError} set to one that is not offered */
  get server() {
    return this.#built.draft.server.name;
  }

  set server(name) {
    this.#built.draft.choose(name);
  }

  /** All that was logged and printed so far. */
  get log() {
    return this.#built.log;
  }

  /** Starts the server; resolves when it is ready, rejects with what went wrong. */
  async run() {
    return this.#built.run();
  }

  /**
   * Asks the server to stop, or ends its start; asked again, ends it. Resolves when it has stopped.
   *
   * @param {number} [within] how long it may take, in milliseconds, before it is ended
   */
  async stop(within) {
    return this.#built.stop(within);
  }

  /**
   * Sends a request to the running server.
   *
   * @param {{method?: string, path?: string, headers?: Header[], body?: string | Uint8Array | null,
   *   protocol?: Protocol, leaveAfter?: number}} request
   * @returns {Promise<HttpResponse>}
   */
  async request({ method = "GET", path = "/", headers = [], body = null, protocol = "HTTP/1.1", leaveAfter = 0 }) {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const exchange = this.#built.request({ method, path, headers, body: bytes, protocol, leaveAfter });
    return new Promise((resolve, reject) => {
      exchange.on("end", ({ response }) => resolve(response));
      exchange.on("error", ({ message }) => reject(new Error(message)));
    });
  }

  /**
   * Opens a WebSocket to the running server.
   *
   * @param {{path?: string, headers?: Header[], subprotocols?: string[]}} handshake
   */
  connect({ path = "/", headers = [], subprotocols = [] }) {
    return this.#built.connect({ path, headers, subprotocols });
  }
}

customElements.define("runnable-example", RunnableExample);
