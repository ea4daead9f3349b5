// fetch() and EventSource of a page that the view shows: each request goes to the application, none to a host.

import { EventSource as FetchingEventSource } from "eventsource";

/** @import {Header} from "../../shared/messages.js" */
/** @import {Page} from "./page.js" */

const NULL_BODY = [101, 204, 205, 304]; // The Fetch standard's "null body status".

/** @param {Page} page */
export function shimFetch(page) {
  /** @param {RequestInfo | URL} input @param {RequestInit} [init] */
  const fetch = async (input, init) => {
    // The browser's own Request reads what the page gave, resolves the address, and takes out forbidden headers.
    const request = new Request(input, init);
    const { method, url, signal, credentials, redirect } = request;
    signal.throwIfAborted();
    const headers = /** @type {Header[]} */ ([...request.headers]);
    if (!request.headers.has("accept")) headers.push(["Accept", "*/*"]);
    const bytes = new Uint8Array(await request.arrayBuffer());
    const body = bytes.length || !["GET", "HEAD"].includes(method) ? bytes : null;
    return new Promise((resolve, reject) => {
      /** @type {ReadableStreamDefaultController<Uint8Array>} */
      let pieces;
      let begun = false;
      const asked = { method, url, headers, body };
      const id = page.open(
        (id) => ({ type: "fetch", id, request: asked, credentials: credentials !== "omit", redirect }),
        (outcome) => {
          switch (outcome.type) {
            case "head": {
              begun = true;
              const { status, reason, headers } = outcome;
              const stream = new ReadableStream({ start: (controller) => void (pieces = controller), cancel: giveUp });
              const empty = method === "HEAD" || NULL_BODY.includes(status);
              const response = new Response(empty ? null : stream, { status: status < 200 ? 200 : status, statusText: reason, headers });
              for (const [name, value] of Object.entries({ url: outcome.url, redirected: outcome.redirected, type: "basic" }))
                Object.defineProperty(response, name, { value });
              return resolve(response);
            }
            case "data":
              return pieces.enqueue(outcome.data);
            case "end":
              return pieces.close();
            case "error": {
              const error = new TypeError(outcome.message);
              if (begun) pieces.error(error);
              return reject(error);
            }
          }
        },
      );
      const giveUp = () => {
        page.forget(id);
        page.post({ type: "abort", id });
      };
      signal.addEventListener("abort", () => {
        giveUp();
        if (begun) pieces.error(signal.reason);
        reject(signal.reason);
      });
    });
  };
  window.fetch = fetch;
  // It says whether the browser took the request, no more.
  navigator.sendBeacon = (url, body) => {
    void fetch(url, { method: "POST", body }).catch(() => {});
    return true;
  };
}

export function shimEventSource() {
  class EventSource extends FetchingEventSource {
    /** @param {string | URL} url @param {EventSourceInit} [init] */
    constructor(url, init) {
      // Looked up now: a test or a page may have put its own in place.
      super(new URL(url, document.baseURI), { ...init, fetch: (address, options) => window.fetch(address, /** @type {RequestInit} */ (options)) });
    }
  }
  Object.assign(window, { EventSource });
}
