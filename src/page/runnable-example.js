// <runnable-example>: a code block that runs, in the reader's browser, on the real server's own code.

import { Editing } from "./views/editing.js";
import { exchange } from "./server/exchange.js";
import { watchInterest } from "./views/interest.js";
import { Panel } from "./views/panel.js";
import { Runner } from "./server/runner.js";
import { ServerChoice } from "./views/server-choice.js";
import { Toolbar } from "./views/toolbar.js";
import { Connection } from "./server/websocket.js";

/** @import {Observer} from "./server/exchange.js" */
/** @import {ExampleData, Header, HttpRequest, HttpResponse, Protocol, StatusMessage} from "./shared/messages.js" */
/** @import {State} from "./server/runner.js" */

/** @typedef {{choice: ServerChoice, editing: Editing, panel: Panel, runner: Runner, toolbar: Toolbar}} Parts */

/**
 * Public face: attribute `src` (path below examples/), attribute `data-state`, properties `source`, `server` and
 * `log`, methods `run`, `request`, `connect`, `stop`, bubbling events `statechange` and `response`.
 */
export class RunnableExample extends HTMLElement {
  /** @type {Parts | null} */
  #built = null;

  connectedCallback() {
    if (this.#built) return;
    try {
      const script = this.querySelector("script[type='application/json']");
      const data = JSON.parse(script?.textContent ?? "");
      // Material's instant navigation runs every script element that it finds, this one too, as JavaScript.
      script?.remove();
      this.#built = this.#build(data);
    } catch (error) {
      console.error(`<runnable-example src="${this.#path}"> has no readable data, so it stays a code block:`, error);
      return;
    }
    this.#showState("idle", "");
    this.#built.editing.restore();
  }

  disconnectedCallback() {
    this.#built?.runner.end("The example has left the page.");
  }

  // Not a property `src`: Material assigns to that of every element that has the attribute, and would hide it.
  get #path() {
    return this.getAttribute("src") ?? "";
  }

  /** The source that the next run takes. */
  get source() {
    return this.#parts.editing.source;
  }

  set source(source) {
    this.#parts.editing.source = source;
  }

  /** The name of the server that the next run takes. @throws {RangeError} set to one that is not offered */
  get server() {
    return this.#parts.choice.value.name;
  }

  set server(name) {
    this.#parts.choice.choose(name);
  }

  /** All that was logged and printed so far. */
  get log() {
    return this.#parts.panel.log;
  }

  /** Starts the server; resolves when it is ready, rejects with what went wrong. */
  async run() {
    const { choice, panel, runner } = this.#parts;
    panel.open(choice.value);
    return runner.run(this.source, choice.value);
  }

  /** Stops the server, or ends the start of it, at once; resolves when it has said its last. */
  async stop() {
    return this.#parts.runner.stop();
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
    return this.#exchange({ method, path, headers, body: bytes, protocol, leaveAfter }).response;
  }

  /**
   * Opens a WebSocket to the running server.
   *
   * @param {{path?: string, headers?: Header[], subprotocols?: string[]}} handshake
   */
  connect({ path = "/", headers = [], subprotocols = [] }) {
    return new Connection(this.#parts.runner.interpreter, { path, headers, subprotocols });
  }

  get #parts() {
    if (!this.#built) throw new Error(`The example ${this.#path} is not on a page, or has no data.`);
    return this.#built;
  }

  /**
   * @param {ExampleData} data
   * @returns {Parts}
   */
  #build(data) {
    const runner = new Runner({
      data,
      path: this.#path,
      onState: (state, message) => this.#showState(state, message),
      onMessage: (message) => this.#hear(message),
    });
    const editing = new Editing({
      example: this.#path,
      published: data.source,
      block: /** @type {HTMLElement | null} */ (this.firstElementChild),
      onChange: () => this.#showStatus(),
      onRun: () => this.#runAndSend(),
    });
    const choice = new ServerChoice({
      example: this.#path,
      data,
      onChange: () => this.#showStatus(),
    });
    const toolbar = new Toolbar(choice, {
      run: () => this.#runAndSend(),
      stop: () => this.stop(),
      edit: () => editing.toggle(),
      reset: () => {
        editing.reset();
        toolbar.edit.focus();
      },
    });
    const panel = new Panel(data, {
      ready: () => (runner.state === "ready" ? Promise.resolve() : this.run()),
      exchange: (request, observer) => this.#exchange(request, observer),
      connect: (handshake) => this.connect(handshake),
    });
    this.append(editing.element, toolbar.element, panel.element);
    watchInterest(choice.element, choice.element, () => choice.showSizes());
    watchInterest(toolbar.run, toolbar.element, () => {
      if (!this.isConnected) return;
      runner.prepare();
      void choice.showSizes();
    });
    return { choice, editing, panel, runner, toolbar };
  }

  /** What Run does for a reader: starts the server, then shows the first preset's answer. */
  async #runAndSend() {
    try {
      await this.run();
      this.#parts.panel.sendPreset();
    } catch {
      // The toolbar and the log say why.
    }
  }

  /**
   * @param {HttpRequest} request
   * @param {Observer} [observer]
   */
  #exchange(request, observer) {
    const { response, cancel } = exchange(this.#parts.runner.interpreter, request, observer);
    const told = response.then((answer) => {
      this.#tell("response", { request, response: answer });
      return answer;
    });
    return { response: told, cancel };
  }

  /** @param {StatusMessage} message */
  #hear(message) {
    const { panel, runner, toolbar } = this.#parts;
    if (message.type === "progress") toolbar.progress(message.loaded, message.total, runner.warm);
    if (message.type === "log") panel.appendLog(message.text);
  }

  /** @param {State} state @param {string} message */
  #showState(state, message) {
    this.dataset.state = state;
    this.#showStatus();
    if (state === "starting") this.#parts.panel.prompt();
    if (state === "failed") this.#parts.panel.showLog();
    if (state === "ready") void this.#parts.choice.showSizes();
    this.#tell("statechange", { state, message });
  }

  #showStatus() {
    const { choice, editing, runner, toolbar } = this.#parts;
    const { edited, isOpen, source } = editing;
    const next = choice.value;
    const server = runner.server ?? next;
    toolbar.state({ state: runner.state, message: runner.message, warm: runner.warm, server, next });
    toolbar.source({ edited, open: isOpen, differs: source !== runner.source || server !== next });
  }

  /** @param {string} type @param {object} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

customElements.define("runnable-example", RunnableExample);
