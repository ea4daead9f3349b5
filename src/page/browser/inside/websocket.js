// WebSocket of a page that the view shows: a WebSocket to the application, with the interface that browsers have.

/** @import {Page} from "./page.js" */

const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
const HANDLERS = ["open", "message", "error", "close"];

/** @param {Page} page */
export function shimWebSocket(page) {
  class WebSocket extends EventTarget {
    /** @type {"blob" | "arraybuffer"} */
    binaryType = "blob";
    bufferedAmount = 0;
    extensions = "";
    protocol = "";
    readyState = STATES.CONNECTING;
    url;
    #id;
    /** @type {Record<string, ((event: Event) => void) | null>} */
    #handlers = {};

    /** @param {string | URL} address @param {string | string[]} protocols */
    constructor(address, protocols = []) {
      super();
      const url = page.resolve(address);
      if (url.protocol.startsWith("http")) url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
      if (!["ws:", "wss:"].includes(url.protocol)) throw new DOMException(`${url.protocol} is no WebSocket's scheme.`, "SyntaxError");
      if (url.hash) throw new DOMException("A WebSocket's address has no fragment.", "SyntaxError");
      this.url = url.href;
      for (const type of HANDLERS) {
        Object.defineProperty(this, `on${type}`, {
          get: () => this.#handlers[type] ?? null,
          set: (handler) => (this.#handlers[type] = typeof handler === "function" ? handler : null),
        });
        this.addEventListener(type, (event) => this.#handlers[type]?.call(this, event));
      }
      const subprotocols = [protocols].flat().map(String);
      this.#id = page.open((id) => ({ type: "connect", id, url: url.href, subprotocols }), (outcome) => {
        switch (outcome.type) {
          case "open":
            this.readyState = STATES.OPEN;
            this.protocol = outcome.subprotocol;
            return this.dispatchEvent(new Event("open"));
          case "message":
            return this.dispatchEvent(new MessageEvent("message", { data: this.#dataOf(outcome.data), origin: new URL(this.url).origin }));
          case "error":
            this.dispatchEvent(new Event("error"));
            return this.#end(1006, "", false);
          case "closed":
            return this.#end(outcome.code, outcome.reason, outcome.code !== 1006);
        }
      });
    }

    /** @param {string | ArrayBufferLike | ArrayBufferView<ArrayBuffer> | Blob} data */
    send(data) {
      if (this.readyState === STATES.CONNECTING) throw new DOMException("The WebSocket is still connecting.", "InvalidStateError");
      if (this.readyState !== STATES.OPEN) return;
      if (typeof data === "string") return page.post({ type: "send", id: this.#id, data: data.toWellFormed() });
      void new Response(/** @type {BodyInit} */ (data)).arrayBuffer().then((buffer) => page.post({ type: "send", id: this.#id, data: new Uint8Array(buffer) }));
    }

    close(code = 1000, reason = "") {
      if (code !== 1000 && !(code >= 3000 && code <= 4999)) throw new DOMException(`A page may not close with ${code}.`, "InvalidAccessError");
      if (this.readyState >= STATES.CLOSING) return;
      this.readyState = STATES.CLOSING;
      page.post({ type: "close", id: this.#id, code, reason: String(reason) });
    }

    /** @param {string | Uint8Array<ArrayBuffer>} data */
    #dataOf(data) {
      if (typeof data === "string") return data;
      return this.binaryType === "blob" ? new Blob([data]) : data.buffer.slice(data.byteOffset, data.byteOffset + data.length);
    }

    /** @param {number} code @param {string} reason @param {boolean} wasClean */
    #end(code, reason, wasClean) {
      this.readyState = STATES.CLOSED;
      this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
    }
  }
  Object.assign(WebSocket, STATES);
  Object.assign(WebSocket.prototype, STATES);
  Object.assign(window, { WebSocket });
}
