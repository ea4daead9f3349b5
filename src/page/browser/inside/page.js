// What the parts of the bridge share: the port to the view, the page's address and its cookies.

import { CookieJar } from "../cookie-jar.js";

/** @import {Asked, FromFrame, Outcome, Show, ToFrame} from "../bridge.js" */

export class Page {
  /** The page's address. @type {URL} */
  url = new URL("about:blank");
  /** The view's state for `history.state`. @type {unknown} */
  state = null;
  jar = new CookieJar();
  #port;
  /** How many messages the view takes now: a page may send faster than a view can read. */
  #credit = 0;
  /** @type {[FromFrame, Transferable[]][]} */
  #waiting = [];
  #nextId = 1;
  /** @type {Map<number, (outcome: Outcome) => void>} */
  #receivers = new Map();
  /** @type {(show: Show) => void} */
  onShow = () => {};
  /** @type {(url: URL) => void} */
  onPopState = () => {};

  /** @param {MessagePort} port */
  constructor(port) {
    this.#port = port;
    port.onmessage = ({ data }) => this.#receive(data);
  }

  /** @param {FromFrame} message @param {Transferable[]} [transfer] */
  post(message, transfer = []) {
    this.#waiting.push([message, transfer]);
    this.#flush();
  }

  /**
   * Asks for something that has outcomes.
   *
   * @param {(id: number) => FromFrame} message
   * @param {(outcome: Outcome) => void} receive
   */
  open(message, receive) {
    const id = this.#nextId++;
    this.#receivers.set(id, receive);
    this.post(message(id));
    return id;
  }

  /** @param {number} id */
  forget(id) {
    this.#receivers.delete(id);
  }

  /** An address as the page means it. @param {string | URL} address */
  resolve(address) {
    return new URL(address, document.baseURI);
  }

  /** Goes to another page. @param {Asked} request */
  navigate(request) {
    this.post({ type: "navigate", request });
  }

  #flush() {
    while (this.#credit > 0 && this.#waiting.length) {
      this.#credit--;
      const [message, transfer] = /** @type {[FromFrame, Transferable[]]} */ (this.#waiting.shift());
      this.#port.postMessage(message, transfer);
    }
  }

  /** @param {ToFrame} message */
  #receive(message) {
    switch (message.type) {
      case "show":
        this.url = new URL(message.url);
        this.jar.replaceAll(message.cookies);
        this.#credit = message.credit;
        return this.onShow(message);
      case "credit":
        this.#credit += message.more;
        return this.#flush();
      case "cookies":
        return this.jar.replaceAll(message.cookies);
      case "popstate":
        this.url = new URL(message.url);
        this.state = message.state;
        return this.onPopState(this.url);
      case "outcome": {
        const { id, outcome } = message;
        const receive = this.#receivers.get(id);
        if (["end", "error", "closed"].includes(outcome.type)) this.#receivers.delete(id);
        return receive?.(outcome);
      }
    }
  }
}
