// A WebSocket to the server in the worker, with the shape that pages know: events open, message, close.

/** @import {Interpreter} from "./interpreter.js" */
/** @import {Handshake} from "../shared/messages.js" */

/**
 * Events: `open` (CustomEvent, detail {subprotocol}), `message` (MessageEvent), `close` (CloseEvent),
 * and `error` (CustomEvent, detail {message}) where the handshake failed or the connection broke.
 */
export class Connection extends EventTarget {
  #socket;

  /**
   * @param {Interpreter} interpreter
   * @param {Handshake} handshake
   */
  constructor(interpreter, handshake) {
    super();
    this.#socket = interpreter.websocket(handshake, (message) => {
      switch (message.type) {
        case "open":
          return this.dispatchEvent(new CustomEvent("open", { detail: { subprotocol: message.subprotocol } }));
        case "message":
          return this.dispatchEvent(new MessageEvent("message", { data: message.data }));
        case "closed":
          return this.dispatchEvent(new CloseEvent("close", { code: message.code, reason: message.reason }));
        case "error":
          return this.dispatchEvent(new CustomEvent("error", { detail: { message: message.message } }));
      }
    });
  }

  /** @param {string | Uint8Array} data */
  send(data) {
    this.#socket.send(data);
  }

  close(code = 1000, reason = "") {
    this.#socket.close(code, reason);
  }

  /** The client goes away without a Close frame: the server is told 1006. */
  abort() {
    this.#socket.abort();
  }
}
