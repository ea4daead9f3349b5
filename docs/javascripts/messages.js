// The messages between a page and its worker, as types only: nothing here runs, and no page fetches this file.

/** @typedef {[string, string]} Header A name and a value, as written. */

/**
 * @typedef {object} HttpRequest
 * @property {string} method
 * @property {string} path
 * @property {Header[]} headers
 * @property {Uint8Array | null} body
 */

/**
 * @typedef {object} HttpResponse
 * @property {string} startLine the first line as the server wrote it
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
 *   | ({type: "run", packages?: string[]} & Program)
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

/** @typedef {{type: "booted"} | {type: "ready"} | {type: "stopping"} | StatusMessage | ExchangeMessage} FromWorker */

/**
 * What the Markdown fence writes beside its code block.
 *
 * @typedef {object} ExampleData
 * @property {string} source
 * @property {string} module
 * @property {string} app
 * @property {string} server
 * @property {string} interface
 * @property {string[]} packages
 * @property {string} command
 * @property {RequestPreset[]} requests
 * @property {WebSocketPreset[]} websockets
 */

/** @typedef {{name: string, method: string, path: string, headers: Header[], body: string | null, count: number}} RequestPreset */
/** @typedef {{name: string, path: string, subprotocols: string[], messages: string[]}} WebSocketPreset */

export {};
