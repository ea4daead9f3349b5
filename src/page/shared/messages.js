// The messages between a page and its worker, as types only: nothing here runs.

/** @typedef {[string, string]} Header A name and a value, as written. */

/** @typedef {"HTTP/1.1" | "HTTP/2"} Protocol HTTP/2 is spoken from the first byte ("prior knowledge"). */

/**
 * @typedef {object} HttpRequest
 * @property {string} method
 * @property {string} path
 * @property {Header[]} headers
 * @property {Uint8Array | null} body
 * @property {Protocol} [protocol] HTTP/1.1 where it is not stated
 * @property {number} [leaveAfter] the client leaves after so many pieces of the body; 0, or not stated: it stays
 */

/**
 * @typedef {object} HttpResponse
 * @property {string} startLine the first line as the server wrote it; HTTP/2 has none, and this says "HTTP/2 200"
 * @property {number} status
 * @property {string} reason
 * @property {Header[]} headers in the server's order, with repeats
 * @property {Uint8Array} body
 * @property {Uint8Array[]} chunks the body in the pieces in which the server sent it
 * @property {number[]} times when each of them came, in milliseconds since the request was sent
 * @property {Uint8Array} raw every byte of the answer, as on the wire
 */

/** @typedef {{path: string, headers: Header[], subprotocols: string[]}} Handshake */

/** @typedef {{source: string, module: string, path: string, app: string, server: string}} Program */

/**
 * @typedef {{type: "boot", runtime: string, packages: string[]}
 *   | {type: "load", packages: string[]}
 *   | ({type: "run"} & Program)
 *   | ({type: "request", id: number} & HttpRequest)
 *   | ({type: "websocket", id: number} & Handshake)
 *   | {type: "send", id: number, data: string | Uint8Array}
 *   | {type: "close", id: number, code: number, reason: string}
 *   | {type: "abort", id: number}
 *   | {type: "stop"}} ToWorker
 */

/**
 * @typedef {{type: "head", id: number, startLine: string, status: number, reason: string, headers: Header[]}
 *   | {type: "data", id: number, data: Uint8Array}
 *   | {type: "end", id: number, raw: Uint8Array}
 *   | {type: "open", id: number, subprotocol: string | null}
 *   | {type: "message", id: number, data: string | Uint8Array}
 *   | {type: "closed", id: number, code: number, reason: string}
 *   | {type: "error", id: number, message: string}} ExchangeMessage
 */

/**
 * @typedef {{type: "progress", loaded: number, total: number, what: string}
 *   | {type: "log", stream: "stdout" | "stderr", text: string}
 *   | {type: "failed", message: string}
 *   | {type: "stopped"}
 *   | {type: "crash", message: string}} StatusMessage
 */

/** @typedef {{type: "booted"} | {type: "loaded"} | {type: "ready"} | {type: "stopping"} | StatusMessage | ExchangeMessage} FromWorker */

/**
 * The runtime's lock.json, as far as it is read here.
 *
 * @typedef {object} Lock
 * @property {{python: string}} info
 * @property {Record<string, {file_name: string, size: number, depends: string[]}>} packages
 * @property {{folder: string, files: Record<string, {size: number}>}} core
 * @property {{file_name: string, size: number}} stdlib
 */

/**
 * What the Markdown fence writes beside its code block.
 *
 * @typedef {object} ExampleData
 * @property {string} source
 * @property {string} module
 * @property {string} app
 * @property {string} interface
 * @property {string[]} packages what it requires, by distribution name
 * @property {boolean} oneRunPerProcess whether each run needs an interpreter of its own
 * @property {Server[]} servers those that may run it, its own first
 * @property {RequestPreset[]} requests
 * @property {WebSocketPreset[]} websockets
 */

/**
 * @typedef {object} Server
 * @property {string} name
 * @property {string} title what readers call it
 * @property {string} summary
 * @property {string[]} packages
 * @property {string} command what starts it outside the page
 * @property {boolean} http2 whether it can be sent requests by HTTP/2
 */

/** @typedef {{name: string, method: string, path: string, headers: Header[], body: string | null, count: number, leaveAfter: number}} RequestPreset */
/** @typedef {{name: string, path: string, subprotocols: string[], messages: string[]}} WebSocketPreset */

export {};
