// One request and its answer, put together from the client's events, with the time of each piece.

import { joined } from "../shared/bytes.js";
import { Emitter } from "./emitter.js";

/** @import {HttpEvent} from "../shared/messages.js" */
/** @import {HttpRequest, HttpResponse} from "../shared/types.js" */
/** @import {Interpreter} from "./interpreter.js" */

const NO_BYTES = new Uint8Array(0);

/**
 * Events, in order: `head`; `data`, any number; then `end` or `error`. Times are milliseconds since the request was
 * sent.
 *
 * @extends {Emitter<{head: HttpResponse, data: {data: Uint8Array, at: number}, end: {response: HttpResponse, at: number},
 *   error: {message: string, at: number}}>}
 */
export class Exchange extends Emitter {
  request;
  /** As far as it has come. @type {HttpResponse} */
  response = { startLine: "", status: 0, reason: "", headers: [], body: NO_BYTES, chunks: [], times: [], raw: NO_BYTES };
  /** Whether the answer has ended, or failed. */
  over = false;
  #sent = performance.now();
  #sending;

  /**
   * @param {Interpreter} interpreter
   * @param {HttpRequest} request
   */
  constructor(interpreter, request) {
    super();
    this.request = request;
    this.#sending = interpreter.request(request, (event) => this.#receive(event));
  }

  /** The page's name for it: the recorder notes it with the connection. */
  get id() {
    return this.#sending.id;
  }

  /** Aborts the connection, unless the answer is complete. */
  cancel() {
    this.#sending.abort();
  }

  /** @param {HttpEvent} event */
  #receive(event) {
    const { response } = this;
    const at = performance.now() - this.#sent;
    switch (event.type) {
      case "head": {
        const { startLine, status, reason, headers } = event;
        Object.assign(response, { startLine, status, reason, headers });
        return this.emit("head", response);
      }
      case "data":
        response.chunks.push(event.data);
        response.times.push(at);
        return this.emit("data", { data: event.data, at });
      case "end":
        this.over = true;
        response.raw = event.raw;
        response.body = joined(response.chunks);
        return this.emit("end", { response, at });
      case "error":
        this.over = true;
        return this.emit("error", { message: event.message, at });
    }
  }
}
