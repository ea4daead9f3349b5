// What appears when an example runs: the request bar, and below it the answer and the log.

import { h } from "./dom.js";
import { LogView } from "./log-view.js";
import { RequestBar } from "./request-bar.js";
import { ResponseView } from "./response-view.js";
import { Tabs } from "./tabs.js";
import { WebSocketView } from "./websocket-view.js";

/** @import {Observer} from "../server/exchange.js" */
/** @import {ExampleData, HttpRequest, HttpResponse, Server} from "../shared/messages.js" */
/** @import {Order} from "./request-bar.js" */
/** @import {Connection} from "../server/websocket.js" */

/**
 * What the panel asks of its element.
 *
 * @typedef {object} Host
 * @property {() => Promise<void>} ready settled when a server runs, or could not be started
 * @property {(request: HttpRequest, observer: Observer) => {response: Promise<HttpResponse>, cancel: () => void}} exchange
 * @property {(handshake: import("../shared/messages.js").Handshake) => Connection} connect
 */

export class Panel {
  #host;
  #bar;
  #response = new ResponseView();
  #websocket = new WebSocketView();
  #log = new LogView();
  #tabs = new Tabs({ Response: h("div", {}, this.#response.element, this.#websocket.element), Log: this.#log.element });
  #cancel = () => {};
  /** @type {Server} */
  #server;
  element;

  /**
   * @param {ExampleData} data
   * @param {Host} host
   */
  constructor(data, host) {
    this.#host = host;
    this.#server = data.servers[0];
    this.#bar = new RequestBar(data, (order) => this.#carryOut(order));
    this.element = h("div", { class: "runnable-panel", hidden: true }, this.#bar.element, this.#tabs.element);
    this.#show(this.#response);
  }

  get log() {
    return this.#log.text;
  }

  /** @param {string} text */
  appendLog(text) {
    this.#log.append(text);
    this.#tabs.announce("Log");
  }

  /** What the server logs from here on is under the command that starts it. */
  prompt() {
    this.#log.prompt(this.#server.command);
  }

  showLog() {
    this.#tabs.select("Log");
    this.#log.scrollToEnd();
  }

  /** A server is being started: what another answered is not shown under its name. @param {Server} server */
  open(server) {
    this.#server = server;
    this.#bar.http2 = server.http2;
    this.#cancel();
    this.element.hidden = false;
    this.#show(this.#response);
    this.#response.clear("The answer appears here.");
  }

  sendPreset() {
    this.#bar.sendPreset();
  }

  /** @param {Order} order */
  async #carryOut(order) {
    try {
      await this.#host.ready();
    } catch {
      return; // The toolbar and the log say why.
    }
    this.#cancel();
    if (order.kind === "websocket") {
      this.#show(this.#websocket);
      return this.#websocket.show(this.#host.connect(order.handshake), order.handshake.path, order.messages);
    }
    this.#show(this.#response);
    const server = this.#server.title;
    // Only now is it known who answers: what stood in the bar may be of another server.
    if (!this.#server.http2) order.request.protocol = "HTTP/1.1";
    const label = `${order.request.method} ${order.request.path}`;
    const observers =
      order.count > 1
        ? this.#response.batch(label, order.count, server)
        : [this.#response.single(label, server, () => this.#cancel())];
    const sent = observers.map((observer) => this.#host.exchange(order.request, observer));
    for (const { response } of sent) response.catch(() => {}); // Its observer shows it.
    this.#cancel = () => sent.forEach(({ cancel }) => cancel());
  }

  /** @param {ResponseView | WebSocketView} part */
  #show(part) {
    this.#tabs.select("Response");
    for (const each of [this.#response, this.#websocket]) each.element.hidden = each !== part;
  }
}
