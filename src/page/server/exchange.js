// One request and its answer, put together from the worker's messages, with the time of each piece.

import { joined } from "../shared/bytes.js";

/** @import {Interpreter} from "./interpreter.js" */
/** @import {Header, HttpRequest, HttpResponse} from "../shared/messages.js" */

/**
 * What a view is told while the answer comes; times are milliseconds since the request was sent.
 *
 * @typedef {object} Observer
 * @property {(startLine: string, headers: Header[]) => void} head
 * @property {(data: Uint8Array, at: number) => void} data
 * @property {(response: HttpResponse, at: number) => void} end
 * @property {(message: string, at: number) => void} error
 */

/**
 * @param {Interpreter} interpreter
 * @param {HttpRequest} request
 * @param {Observer} [observer]
 * @returns {{response: Promise<HttpResponse>, cancel: () => void}}
 */
export function exchange(interpreter, request, observer) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const sent = performance.now();
  /** @type {HttpResponse} */
  const response = { startLine: "", status: 0, reason: "", headers: [], body: none, chunks: [], times: [], raw: none };
  const cancel = interpreter.request(request, (message) => {
    const at = performance.now() - sent;
    switch (message.type) {
      case "head":
        Object.assign(response, { ...message, type: undefined, id: undefined });
        return observer?.head(message.startLine, message.headers);
      case "data":
        response.chunks.push(message.data);
        response.times.push(at);
        return observer?.data(message.data, at);
      case "end":
        response.raw = message.raw;
        response.body = joined(response.chunks);
        observer?.end(response, at);
        return resolve(response);
      case "error":
        observer?.error(message.message, at);
        return reject(new Error(message.message));
    }
  });
  return { response: promise, cancel };
}

const none = new Uint8Array(0);
