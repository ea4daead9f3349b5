// One sentence on what each entry means, and where the specification says so.

import { typeOf } from "./calls.js";

/** @import {Entry} from "../shared/recording.js" */
/** @typedef {{text: string, spec: string}} Meaning `spec` is a label of docs/includes/links.md */

/** @param {string} text @param {string} spec @returns {Meaning} */
const means = (text, spec) => ({ text, spec });

/** By kind, and for ASGI by kind and type. @type {Record<string, Meaning>} */
const MEANINGS = {
  "wsgi.call": means("The server calls the application once for each request, with the environ, which describes the request, and start_response.", "pep-application"),
  "wsgi.start_response": means("The application gives the status and the headers. The server keeps them until it has the first bytes of the body.", "pep-start-response"),
  "wsgi.write": means("The application writes by the callable that start_response returned: the old way, kept for old frameworks.", "pep-write"),
  "wsgi.return": means("The application returns an iterable of byte strings: the body. The server asks for them one by one.", "pep-details"),
  "wsgi.item": means("The server asks for the next byte string, and must not hold it back.", "pep-streaming"),
  "wsgi.end": means("The iterable has no more byte strings: the body is complete.", "pep-details"),
  "wsgi.close": means("The server calls close() of the iterable at the end of the request, however that ended.", "pep-details"),
  "wsgi.error": means("The application raises an exception.", "pep-details"),
  "asgi.call http": means("The server calls the application once for each request. The scope is what it knows before the body comes.", "asgi-http"),
  "asgi.call websocket": means("The server calls the application once for each WebSocket. The call lasts as long as the connection.", "asgi-websocket"),
  "asgi.call lifespan": means("The server calls the application once for its own start and stop.", "asgi-lifespan"),
  "asgi.receive http.request": means("A piece of the request's body. more_body says whether more will come.", "asgi-request"),
  "asgi.receive http.disconnect": means("The client has left, or the response is complete.", "asgi-disconnect"),
  "asgi.receive websocket.connect": means("A client wants to open a WebSocket. The application accepts it or closes it.", "asgi-connect"),
  "asgi.receive websocket.receive": means("A message of the client: in bytes or in text.", "asgi-websocket"),
  "asgi.receive websocket.disconnect": means("The WebSocket is closed, by either side, or the connection is lost.", "asgi-websocket"),
  "asgi.receive lifespan.startup": means("The server starts, and waits with its first request until the application is ready.", "asgi-lifespan"),
  "asgi.receive lifespan.shutdown": means("The server has stopped to serve, and lets the application clean up.", "asgi-lifespan"),
  "asgi.send http.response.start": means("The response begins, with its status and headers.", "asgi-start"),
  "asgi.send http.response.body": means("A piece of the response's body. Without more_body it is the last.", "asgi-body"),
  "asgi.send websocket.accept": means("The application opens the WebSocket.", "asgi-websocket"),
  "asgi.send websocket.send": means("A message to the client: in bytes or in text.", "asgi-websocket"),
  "asgi.send websocket.close": means("The application closes the WebSocket, or refuses to open it.", "asgi-websocket"),
  "asgi.send lifespan.startup.complete": means("The application is ready.", "asgi-lifespan"),
  "asgi.send lifespan.startup.failed": means("The application could not start. The server gives up.", "asgi-lifespan"),
  "asgi.send lifespan.shutdown.complete": means("The application has cleaned up.", "asgi-lifespan"),
  "asgi.send lifespan.shutdown.failed": means("The application could not clean up.", "asgi-lifespan"),
  "asgi.sent": means("send() comes back only now: the server has let the application wait.", "asgi-applications"),
  "asgi.return": means("The application returns: it has nothing more to say on this connection.", "asgi-applications"),
  "asgi.error": means("The application raises an exception, or is cancelled.", "asgi-applications"),
  "asgi.error lifespan": means("The application raises an exception for this scope: it does not know lifespan. A server goes on without it.", "asgi-lifespan"),
  "aiohttp.call": means("aiohttp's server hands the request to its application, which finds the handler.", "aiohttp-server"),
  "aiohttp.return": means("The handler has made a response; the server sends it, unless the handler has begun to.", "aiohttp-server"),
  "aiohttp.error": means("The handler raises an exception; the server answers with status 500.", "aiohttp-server"),
};
const OTHER = means("An event that the specification does not name: of an extension, or a mistake.", "asgi-extensions");

/** Each label that is linked to. */
export const LABELS = [...new Set([...Object.values(MEANINGS), OTHER].map(({ spec }) => spec))];

/** @param {Entry} entry @param {boolean} lifespan whether the call is one of lifespan */
export function meaningOf(entry, lifespan = false) {
  const type = entry.kind.startsWith("asgi.") ? (entry.kind === "asgi.error" ? (lifespan ? "lifespan" : "") : typeOf(entry)) : "";
  const named = type && Object.hasOwn(MEANINGS, `${entry.kind} ${type}`) ? MEANINGS[`${entry.kind} ${type}`] : null;
  return named ?? (Object.hasOwn(MEANINGS, entry.kind) ? MEANINGS[entry.kind] : OTHER);
}
