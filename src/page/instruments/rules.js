// What the specifications forbid an application: finds it in a call's entries.

import { at, byteCount, isSpecial, isText, itemsOf, listOf, textOf } from "./values.js";
import { typeOf } from "./calls.js";

/** @import {Entry, Value} from "../shared/recording.js" */
/** @import {Call} from "./calls.js" */

/** @typedef {{rule: string, spec: string}} Breach `spec` is a label of docs/includes/links.md */
/** @typedef {(entry: Entry, rule: string, spec: string) => void} Mark */

/** RFC 9110, 7.6.1, and what PEP 3333 refers to: is_hop_by_hop() of Python's wsgiref knows the same. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailers", "transfer-encoding", "upgrade"]);

/**
 * The entries of a call that break a rule, by their numbers.
 *
 * @param {Call} call
 * @returns {Map<number, Breach>}
 */
export function breaches(call) {
  /** @type {Map<number, Breach>} */
  const found = new Map();
  /** @type {Mark} */
  const mark = ({ n }, rule, spec) => void (found.has(n) || found.set(n, { rule, spec }));
  const first = call.entries[0];
  if (first && !first.kind.endsWith(".call")) return found; // Its beginning was dropped.
  if (call.protocol === "wsgi") checkWsgi(call.entries, mark);
  else if (call.protocol === "asgi") checkAsgi(call.entries, mark);
  return found;
}

/** @param {Entry[]} entries @param {Mark} mark */
function checkWsgi(entries, mark) {
  let started = false;
  let closes = false;
  /** @type {Length | null} */
  let length = null;
  for (const entry of entries) {
    const { kind, value } = entry;
    if (kind === "wsgi.start_response") {
      const [status, headers, exception] = listOf(value);
      if (started && exception === null)
        mark(entry, "start_response may be called again only with exc_info, by an error handler.", "pep-start-response");
      started = true;
      checkStart(entry, status, headers, mark);
      length = new Length(headers);
    } else if (kind === "wsgi.item" || kind === "wsgi.write") {
      const piece = kind === "wsgi.write" ? listOf(value)[0] : value;
      const size = byteCount(piece);
      if (size === null) mark(entry, "Each item of the body must be a byte string.", "pep-details");
      else if (size && !started) mark(entry, "start_response must be called before the first bytes of the body.", "pep-details");
      else length?.take(entry, size, mark);
    } else if (kind === "wsgi.end") {
      if (!started) mark(entry, "start_response was never called.", "pep-details");
      length?.end(entry, mark);
    } else if (kind === "wsgi.close") {
      if (closes) mark(entry, "close() is called once, at the end of the request.", "pep-details");
      closes = true;
    }
  }
}

/** @param {Entry} entry @param {Value} status @param {Value} headers @param {Mark} mark */
function checkStart(entry, status, headers, mark) {
  if (!isText(status) || !/^\d{3} [^\p{Cc}]*\S$/u.test(textOf(status) ?? ""))
    mark(entry, "The status must be a str of a code, a space and a reason, such as '200 OK'.", "pep-start-response");
  if (!Array.isArray(headers) && !(isSpecial(headers) && headers.type === "list"))
    mark(entry, "The headers must be a list.", "pep-start-response");
  for (const header of listOf(headers)) {
    const [name, content] = listOf(header);
    if (!isText(name) || !isText(content)) mark(entry, "A header's name and value must be of type str.", "pep-start-response");
    else if (HOP_BY_HOP.has((textOf(name) ?? "").toLowerCase()))
      mark(entry, `${textOf(name)} is a hop-by-hop header: it is the server's, and forbidden to applications.`, "pep-http");
    else if (/\p{Cc}/u.test(textOf(content) ?? "")) mark(entry, "A header's value must not hold control characters.", "pep-start-response");
  }
}

/** Counts the body against Content-Length. */
class Length {
  #promised;
  #sent = 0;

  /** @param {Value | undefined} headers */
  constructor(headers) {
    const header = listOf(headers).find((pair) => textOf(listOf(pair)[0])?.toLowerCase() === "content-length");
    const text = header && textOf(listOf(header)[1]);
    this.#promised = text && /^\d+$/.test(text) ? Number(text) : null;
  }

  /** @param {Entry} entry @param {number} size @param {Mark} mark */
  take(entry, size, mark) {
    this.#sent += size;
    if (this.#promised !== null && this.#sent > this.#promised)
      mark(entry, `The body is longer than Content-Length says: ${this.#promised} bytes.`, "rfc-content-length");
  }

  /** @param {Entry} entry @param {Mark} mark */
  end(entry, mark) {
    if (this.#promised !== null && this.#sent < this.#promised && this.#sent)
      mark(entry, `The body is shorter than Content-Length says: ${this.#sent} of ${this.#promised} bytes.`, "rfc-content-length");
  }
}

/** @param {Entry[]} entries @param {Mark} mark */
function checkAsgi(entries, mark) {
  const type = typeOf(entries[0]);
  if (type === "http") checkHttp(entries, mark);
  if (type === "websocket") checkWebSocket(entries, mark);
  for (const entry of entries)
    if (entry.kind === "asgi.send" && !itemsOf(entry.value).some(([key]) => key === "type"))
      mark(entry, "An event must be a dictionary with the key type.", "asgi-events");
}

/** @param {Entry[]} entries @param {Mark} mark */
function checkHttp(entries, mark) {
  let started = false;
  let complete = false;
  let left = false;
  /** @type {Length | null} */
  let length = null;
  for (const entry of entries) {
    const type = typeOf(entry);
    left ||= entry.kind === "asgi.receive" && type === "http.disconnect";
    if (entry.kind === "asgi.return" && !complete && !left)
      mark(entry, started ? "The response is not complete: the last http.response.body had more_body true." : "The application returned without a response.", "asgi-body");
    if (entry.kind !== "asgi.send") continue;
    if (/^websocket\.|^lifespan\./.test(type)) mark(entry, `${type} has no place in a call of type http.`, "asgi-http");
    if (complete) mark(entry, "The response was complete: nothing follows an http.response.body without more_body.", "asgi-body");
    else if (type === "http.response.start") {
      if (started) mark(entry, "A response starts once.", "asgi-start");
      started = true;
      if (typeof at(entry.value, "status") !== "number") mark(entry, "The status must be an int.", "asgi-start");
      checkHeaders(entry, mark, "asgi-start");
      length = new Length(at(entry.value, "headers"));
    } else if (type === "http.response.body") {
      if (!started) mark(entry, "http.response.start must come first.", "asgi-start");
      const body = at(entry.value, "body");
      if (body !== undefined && byteCount(body) === null) mark(entry, "The body must be a byte string.", "asgi-body");
      length?.take(entry, byteCount(body) ?? 0, mark);
      complete = at(entry.value, "more_body") !== true;
      if (complete) length?.end(entry, mark);
    }
  }
}

/** @param {Entry} entry @param {Mark} mark @param {string} spec */
function checkHeaders(entry, mark, spec) {
  for (const header of listOf(at(entry.value, "headers"))) {
    const [name, content] = listOf(header);
    if (byteCount(name) === null || byteCount(content) === null) mark(entry, "A header's name and value must be byte strings.", spec);
    else if (/[A-Z]/.test(textOf(name) ?? "")) mark(entry, `A header's name must be in lower case, and ${textOf(name)} is not.`, spec);
  }
}

/** @param {Entry[]} entries @param {Mark} mark */
function checkWebSocket(entries, mark) {
  let accepted = false;
  let closed = false;
  for (const entry of entries) {
    const type = typeOf(entry);
    closed ||= entry.kind === "asgi.receive" && type === "websocket.disconnect";
    if (entry.kind !== "asgi.send") continue;
    if (type === "websocket.accept") {
      if (accepted) mark(entry, "A WebSocket is accepted once.", "asgi-websocket");
      accepted = true;
    } else if (type === "websocket.send") {
      if (!accepted) mark(entry, "websocket.accept must come first.", "asgi-websocket");
      const given = ["bytes", "text"].filter((key) => (at(entry.value, key) ?? null) !== null);
      if (given.length !== 1) mark(entry, "Exactly one of bytes and text must be given.", "asgi-websocket");
    } else if (type === "websocket.close") {
      if (closed) mark(entry, "The WebSocket was closed before.", "asgi-websocket");
      closed = true;
    } else if (/^http\.|^lifespan\./.test(type)) mark(entry, `${type} has no place in a call of type websocket.`, "asgi-websocket");
  }
}
