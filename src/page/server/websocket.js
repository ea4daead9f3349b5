// A WebSocket to the server in the worker, with the shape that pages know: events open, message, close.

import { joined } from "../shared/bytes.js";

/** @import {Interpreter} from "./interpreter.js" */
/** @import {Handshake} from "../shared/types.js" */
/** @typedef {{startLine: string, headers: import("../shared/messages.js").Header[], body: Uint8Array}} Refusal */

/**
 * Events: `open` (CustomEvent, detail {subprotocol}), `message` (MessageEvent), `pong` (CustomEvent, detail {payload}),
 * `close` (CloseEvent), and `error` (CustomEvent, detail {message, refusal}) where the handshake failed or the connection
 * broke; the refusal is the server's answer, where it gave one.
 */
export class Connection extends EventTarget {
  #socket;
  /** Whether it has not ended: it may still be opening. */
  open = true;
  /** The server's answer in place of a WebSocket, as far as it has come. @type {Refusal | null} */
  #refusal = null;

  /**
   * @param {Interpreter} interpreter
   * @param {Handshake} handshake
   */
  constructor(interpreter, handshake) {
    super();
    this.#socket = interpreter.websocket(handshake, (event) => {
      switch (event.type) {
        case "open":
          return this.dispatchEvent(new CustomEvent("open", { detail: { subprotocol: event.subprotocol } }));
        case "message":
          return this.dispatchEvent(new MessageEvent("message", { data: event.data }));
        case "pong":
          return this.dispatchEvent(new CustomEvent("pong", { detail: { payload: event.payload } }));
        case "closed":
          this.open = false;
          return this.dispatchEvent(new CloseEvent("close", { code: event.code, reason: event.reason }));
        case "head":
          this.#refusal = { startLine: event.startLine, headers: event.headers, body: joined([]) };
          return;
        case "data":
          if (this.#refusal) this.#refusal.body = joined([this.#refusal.body, event.data]);
          return;
        case "error":
          this.open = false;
          return this.dispatchEvent(new CustomEvent("error", { detail: { message: event.message, refusal: this.#refusal } }));
      }
    });
  }

  /** @param {string | Uint8Array} data */
  send(data) {
    this.#socket.send(data);
  }

  /** Sends a Ping (RFC 6455, 5.5.2), of at most 125 bytes: browsers' own WebSockets cannot. @param {string} payload */
  ping(payload = "") {
    this.#socket.ping(payload);
  }

  close(code = 1000, reason = "") {
    this.#socket.close(code, reason);
  }

  /** Ends the connection without a Close frame: the server's code is 1006. */
  abort() {
    this.#socket.abort();
  }
}
