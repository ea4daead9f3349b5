// Asks an example's server as a browser would: with cookies, along redirects, and no other host. No DOM.

import { CookieJar } from "./cookie-jar.js";
import { ORIGIN } from "./origin.js";

/** @import {Header} from "../shared/messages.js" */
/** @import {HttpRequest} from "../shared/types.js" */
/** @import {Exchange} from "../server/exchange.js" */
/** @import {Asked, Outcome} from "./bridge.js" */

/** @typedef {{credentials?: boolean, redirect?: "follow" | "error" | "manual", referrer?: string}} Manner */
/** @typedef {{method: string, path: string, status: number | null, message: string}} Seen */

/** As many as the Fetch standard follows. */
const MOST_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];
/** So many requests of a page may be open at once. */
export const MOST_OPEN = 64;

export class UserAgent {
  jar = new CookieJar();
  /** The requests that are on their way. @type {Set<Exchange>} */
  #open = new Set();
  #send;
  /** Tells of a request, and again when its status, or its error, is known. */
  note;

  /**
   * @param {(request: HttpRequest) => Exchange} send
   * @param {(seen: Seen) => void} note
   */
  constructor(send, note = () => {}) {
    this.#send = send;
    this.note = note;
  }

  /**
   * @param {Asked} asked
   * @param {(outcome: Outcome) => void} receive gets head, data…, end; or error
   * @param {Manner} [manner]
   * @returns {() => void} gives it up
   */
  fetch(asked, receive, { credentials = true, redirect = "follow", referrer = "" } = {}) {
    let over = false;
    /** @type {Exchange | null} */
    let exchange = null;
    /** @param {string} message */
    const fail = (message) => {
      over = true;
      receive({ type: "error", message });
    };
    /** @param {Asked} now @param {number} redirects */
    const ask = (now, redirects) => {
      const url = new URL(now.url);
      if (url.origin !== ORIGIN) {
        const where = url.origin === "null" ? url.protocol : url.origin;
        this.note({ method: now.method, path: url.href, status: null, message: "not asked" });
        return fail(`${where} is not the application, and is not asked.`);
      }
      if (this.#open.size >= MOST_OPEN) return fail(`The page has ${MOST_OPEN} requests open: no more at once.`);
      /** @type {Seen} */
      const seen = { method: now.method, path: url.pathname + url.search, status: null, message: "" };
      const current = (exchange = this.#send(this.#request(now, url, credentials, referrer)));
      this.#open.add(current);
      this.note(seen);
      /** @type {Asked | null} */
      let next = null;
      current.on("head", ({ status, reason, headers }) => {
        this.note(Object.assign(seen, { status }));
        if (credentials) for (const [name, value] of headers) if (isNamed(name, "set-cookie")) this.jar.set(value, url);
        next = redirect === "manual" ? null : redirected(now, url, status, headers);
        if (over || next) return;
        const shown = headers.filter(([name]) => !isNamed(name, "set-cookie"));
        receive({ type: "head", status, reason, headers: shown, url: url.href, redirected: redirects > 0 });
      });
      current.on("data", ({ data }) => over || next || receive({ type: "data", data: /** @type {Uint8Array<ArrayBuffer>} */ (data) }));
      current.on("end", () => {
        this.#open.delete(current);
        if (over) return;
        if (next && redirect === "error") return fail("The answer is a redirect, which this request does not want.");
        if (next && redirects === MOST_REDIRECTS) return fail(`Given up after ${MOST_REDIRECTS} redirects.`);
        if (next) return ask(next, redirects + 1);
        over = true;
        receive({ type: "end" });
      });
      current.on("error", ({ message }) => {
        this.#open.delete(current);
        this.note(Object.assign(seen, { message }));
        if (!over) fail(message);
      });
    };
    ask(asked, 0);
    return () => {
      over = true;
      exchange?.cancel();
    };
  }

  /** Gives up all that is on its way. */
  cancel() {
    for (const exchange of this.#open) exchange.cancel();
  }

  /**
   * @param {Asked} asked
   * @param {URL} url
   * @param {boolean} credentials
   * @param {string} referrer
   * @returns {HttpRequest}
   */
  #request({ method, headers, body }, url, credentials, referrer) {
    const cookies = credentials ? this.jar.header(url) : "";
    const own = headers.filter(([name]) => !["cookie", "origin", "referer", "host"].includes(name.toLowerCase()));
    if (!["GET", "HEAD"].includes(method)) own.push(["Origin", ORIGIN]);
    if (referrer) own.push(["Referer", referrer]);
    if (cookies) own.push(["Cookie", cookies]);
    return { method, path: url.pathname + url.search, headers: own, body, protocol: "HTTP/1.1", leaveAfter: 0 };
  }
}

/**
 * The request that a redirect asks for, by the Fetch standard's "HTTP-redirect fetch".
 *
 * @param {Asked} asked
 * @param {URL} url
 * @param {number} status
 * @param {Header[]} headers
 * @returns {Asked | null} null where it is no redirect
 */
export function redirected(asked, url, status, headers) {
  const location = headers.find(([name]) => isNamed(name, "location"))?.[1];
  if (!REDIRECTS.includes(status) || location === undefined || !URL.canParse(location, url)) return null;
  const to = new URL(location, url);
  if (!to.hash) to.hash = url.hash;
  const becomesGet = status === 303 ? !["GET", "HEAD"].includes(asked.method) : status < 303 && asked.method === "POST";
  if (!becomesGet) return { ...asked, url: to.href };
  return { method: "GET", url: to.href, headers: asked.headers.filter(([name]) => !/^content-/i.test(name)), body: null };
}

/** @param {string} name @param {string} wanted */
const isNamed = (name, wanted) => name.toLowerCase() === wanted;
