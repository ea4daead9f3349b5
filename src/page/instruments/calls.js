// The calls of the application, put together from the recorder's entries.

import { at, byteCount, listOf, repr, textOf } from "./values.js";

/** @import {Entry} from "../shared/recording.js" */

/**
 * One call: a request, a WebSocket, or a lifespan.
 *
 * @typedef {object} Call
 * @property {number} request its number
 * @property {"wsgi" | "asgi" | "aiohttp"} protocol
 * @property {Entry[]} entries
 * @property {boolean} ended
 */

const ENDS = new Set(["wsgi.close", "wsgi.error", "wsgi.end", "asgi.return", "asgi.error", "aiohttp.return", "aiohttp.error"]);
const PROTOCOL = /^(wsgi|asgi|aiohttp)\./;

export class Calls {
  /** By their numbers. @type {Map<number, Call>} */
  all = new Map();

  /** Takes new entries; gives the calls that they belong to. @param {Entry[]} entries */
  add(entries) {
    /** @type {Set<Call>} */
    const changed = new Set();
    for (const entry of entries) {
      const protocol = PROTOCOL.exec(entry.kind)?.[1];
      if (!protocol || entry.request === null) continue;
      let call = this.all.get(entry.request);
      if (!call) {
        call = { request: entry.request, protocol: /** @type {Call["protocol"]} */ (protocol), entries: [], ended: false };
        this.all.set(entry.request, call);
      }
      call.entries.push(entry);
      call.ended ||= ENDS.has(entry.kind);
      changed.add(call);
    }
    return changed;
  }

  clear() {
    this.all.clear();
  }
}

/** The entry with which the server calls; it may have been dropped. @param {Call} call */
const opening = ({ entries }) => entries.find(({ kind }) => kind.endsWith(".call"));

/** @param {Call} call */
export function isLifespan(call) {
  const first = opening(call);
  return Boolean(first && at(first.value, "type") === "lifespan");
}

/** What the call is for, in a few words. @param {Call} call */
export function titleOf(call) {
  const first = opening(call)?.value ?? null;
  if (isLifespan(call)) return "lifespan";
  if (call.protocol === "wsgi") {
    const query = textOf(at(first, "QUERY_STRING"));
    return `${textOf(at(first, "REQUEST_METHOD")) ?? "?"} ${textOf(at(first, "PATH_INFO")) ?? ""}${query ? `?${query}` : ""}`;
  }
  if (call.protocol === "aiohttp") return `${textOf(at(first, "method")) ?? "?"} ${textOf(at(first, "path_qs")) ?? ""}`;
  const query = textOf(at(first, "query_string"));
  const what = at(first, "type") === "websocket" ? "WebSocket" : (textOf(at(first, "method")) ?? "?");
  return `${what} ${textOf(at(first, "path")) ?? ""}${query ? `?${query}` : ""}`;
}

/** The type of an ASGI event, or of the scope. @param {Entry} entry */
export const typeOf = ({ value }) => textOf(at(value, "type")) ?? "";

/** Whether the server gives (and the application takes), or the other way round. @param {Entry} entry */
export const toApplication = ({ kind }) => /\.(call|receive|sent|close)$/.test(kind);

/** What an entry is, in one line of code. @param {Entry} entry */
export function labelOf(entry) {
  const { kind, value } = entry;
  switch (kind) {
    case "wsgi.call":
      return "app(environ, start_response)";
    case "wsgi.start_response":
      return `start_response(${repr(listOf(value)[0])}, …)`;
    case "wsgi.write":
      return `write(${brief(listOf(value)[0])})`;
    case "wsgi.return":
      return `returns a ${textOf(value)}`;
    case "wsgi.item":
      return brief(value);
    case "wsgi.end":
      return "no more items";
    case "wsgi.close":
      return "close()";
    case "asgi.call":
      return `app(scope, receive, send): ${typeOf(entry)}`;
    case "asgi.receive":
      return `receive(): ${typeOf(entry)}${pieceOf(entry)}`;
    case "asgi.send":
      return `send(): ${typeOf(entry)}${pieceOf(entry)}`;
    case "asgi.sent":
      return "send() comes back";
    case "asgi.return":
      return "returns";
    case "aiohttp.call":
      return "handler(request)";
    case "aiohttp.return":
      return `returns a response: ${repr(at(value, "status"))}`;
    default:
      return `raises ${textOf(listOf(value)[0]) ?? "an exception"}`;
  }
}

/** What is in an event, in few characters. @param {Entry} entry */
function pieceOf({ value }) {
  const status = at(value, "status");
  if (typeof status === "number") return ` ${status}`;
  const piece = at(value, "body") ?? at(value, "text") ?? at(value, "bytes");
  if (piece === undefined || piece === null) return "";
  return ` ${brief(piece)}${at(value, "more_body") === true ? " …" : ""}`;
}

/** @param {import("../shared/recording.js").Value | undefined} value */
function brief(value) {
  const count = byteCount(value);
  const text = repr(value);
  if (text.length <= 40) return text;
  return count === null ? `${text.slice(0, 39)}…` : `<${count} bytes>`;
}
