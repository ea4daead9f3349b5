// A cookie jar by RFC 6265, section 5: what a server sets, and what a request and a page's script get of it. No DOM.

/**
 * @typedef {object} Cookie
 * @property {string} name as the bytes of UTF-8, a character each: so it comes in a header, and leaves in one
 * @property {string} value likewise
 * @property {string} domain
 * @property {boolean} hostOnly
 * @property {string} path
 * @property {boolean} secure
 * @property {boolean} httpOnly
 * @property {number} expires in milliseconds; Infinity for a session's
 * @property {number} created a number that grows
 */

/** A browser need not keep more of one host, nor a longer one (section 6.1). */
const MOST_COOKIES = 50;
const LONGEST_COOKIE = 4096;
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export class CookieJar {
  /** @type {Cookie[]} */
  #cookies = [];
  #created = 0;
  #now;

  /** @param {() => number} now in milliseconds */
  constructor(now = Date.now) {
    this.#now = now;
  }

  /**
   * Takes one Set-Cookie header's value.
   *
   * @param {string} text
   * @param {URL} url whose answer it came with
   */
  set(text, url) {
    const cookie = this.#parse(text, url);
    if (cookie) this.#store(cookie);
  }

  /** What `document.cookie = text` does. @param {string} text @param {URL} url the page's */
  setByScript(text, url) {
    const cookie = this.#parse(bytesOf(text), url);
    if (!cookie || cookie.httpOnly) return;
    if (this.#cookies.some((each) => each.httpOnly && isSame(each, cookie))) return;
    this.#store(cookie);
  }

  /** The Cookie header's value for a request; "" for none. @param {URL} url */
  header(url) {
    return textOf(this.#matching(url));
  }

  /** What `document.cookie` gives. @param {URL} url the page's */
  textForScript(url) {
    return textOfBytes(textOf(this.#matching(url).filter(({ httpOnly }) => !httpOnly)));
  }

  /** What a page's script may know, for the jar beside it: see `replaceAll`. @param {URL} url */
  forScript(url) {
    return this.#matching(url).filter(({ httpOnly }) => !httpOnly);
  }

  /** @param {Cookie[]} cookies */
  replaceAll(cookies) {
    this.#cookies = cookies;
  }

  /** @param {Cookie} cookie */
  #store(cookie) {
    const old = this.#cookies.find((each) => isSame(each, cookie));
    if (old) cookie.created = old.created;
    this.#cookies = this.#cookies.filter((each) => each !== old && each.expires > this.#now());
    if (cookie.expires > this.#now()) this.#cookies.push(cookie);
    if (this.#cookies.length > MOST_COOKIES) this.#cookies.sort((a, b) => a.created - b.created).shift();
  }

  /** @param {URL} url @returns {Cookie[]} in the order of section 5.4 */
  #matching(url) {
    const found = this.#cookies.filter(
      (cookie) =>
        cookie.expires > this.#now() &&
        (cookie.hostOnly ? cookie.domain === url.hostname : domainMatches(url.hostname, cookie.domain)) &&
        pathMatches(url.pathname, cookie.path) &&
        (!cookie.secure || isSecure(url)),
    );
    return found.sort((a, b) => b.path.length - a.path.length || a.created - b.created);
  }

  /**
   * Sections 5.2 and 5.3.
   *
   * @param {string} text
   * @param {URL} url
   * @returns {Cookie | null} null where it is to be ignored
   */
  #parse(text, url) {
    const [pair, ...attributes] = text.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, Math.max(at, 0)).trim();
    const value = pair.slice(at + 1).trim();
    if (at < 0 || !name || CONTROL.test(pair) || name.length + value.length > LONGEST_COOKIE) return null;
    /** @type {Cookie} */
    const cookie = {
      ...{ name, value, domain: url.hostname, hostOnly: true, path: defaultPath(url) },
      ...{ secure: false, httpOnly: false, expires: Infinity, created: this.#created++ },
    };
    let expires = Infinity;
    let maxAge = null;
    let domain = "";
    for (const attribute of attributes) {
      const [key, ...rest] = attribute.split("=");
      const given = rest.join("=").trim();
      switch (key.trim().toLowerCase()) {
        case "expires":
          expires = parseDate(given) ?? expires;
          break;
        case "max-age":
          if (/^-?\d+$/.test(given)) maxAge = Number(given);
          break;
        case "domain":
          if (given) domain = given.replace(/^\./, "").toLowerCase();
          break;
        case "path":
          cookie.path = given.startsWith("/") ? given : defaultPath(url);
          break;
        case "secure":
          cookie.secure = true;
          break;
        case "httponly":
          cookie.httpOnly = true;
          break;
      }
    }
    cookie.expires = maxAge === null ? expires : maxAge <= 0 ? -Infinity : this.#now() + 1000 * maxAge;
    if (!domain) return cookie;
    return domainMatches(url.hostname, domain) ? { ...cookie, domain, hostOnly: false } : null;
  }
}

/** @param {Cookie} a @param {Cookie} b */
const isSame = (a, b) => a.name === b.name && a.domain === b.domain && a.path === b.path;

/** @param {Cookie[]} cookies */
const textOf = (cookies) => cookies.map(({ name, value }) => `${name}=${value}`).join("; ");

/** Section 5.1.3. @param {string} host @param {string} domain */
const domainMatches = (host, domain) =>
  host === domain || (host.endsWith(`.${domain}`) && !/^[\d.]+$|^\[/.test(host));

/** Section 5.1.4. @param {string} path @param {string} cookiePath */
const pathMatches = (path, cookiePath) =>
  path === cookiePath || (path.startsWith(cookiePath) && (cookiePath.endsWith("/") || path[cookiePath.length] === "/"));

/** Section 5.1.4. @param {URL} url */
const defaultPath = ({ pathname }) => pathname.slice(0, Math.max(pathname.lastIndexOf("/"), 1));

/** What a Secure cookie may travel on: as in browsers, a loopback address counts, too. @param {URL} url */
const isSecure = ({ protocol, hostname }) =>
  protocol === "https:" || hostname === "localhost" || /^127(\.\d+){3}$/.test(hostname);

/**
 * A date by section 5.1.1, which takes much that is no HTTP date.
 *
 * @param {string} text
 * @returns {number | null} in milliseconds; null where it is none
 */
export function parseDate(text) {
  /** @type {Partial<Record<"time" | "day" | "month" | "year", any>>} */
  const found = {};
  for (const token of text.split(/[\t -/;-@[-`{-~]+/).filter(Boolean)) {
    const time = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/.exec(token);
    const day = /^(\d{1,2})(?:\D|$)/.exec(token);
    const month = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
    const year = /^(\d{2,4})(?:\D|$)/.exec(token);
    if (time && !found.time) found.time = time.slice(1).map(Number);
    else if (day && !found.day) found.day = Number(day[1]);
    else if (month >= 0 && found.month === undefined) found.month = month;
    else if (year && found.year === undefined) found.year = Number(year[1]);
  }
  let { time, day, month, year } = found;
  if (!time || !day || month === undefined || year === undefined) return null;
  if (year < 100) year += year >= 70 ? 1900 : 2000;
  const [hours, minutes, seconds] = time;
  if (day > 31 || year < 1601 || hours > 23 || minutes > 59 || seconds > 59) return null;
  const date = new Date(Date.UTC(year, month, day, hours, minutes, seconds));
  return date.getUTCDate() === day ? date.getTime() : null; // There is no 31 June.
}

/** @param {string} text */
const bytesOf = (text) => String.fromCharCode(...new TextEncoder().encode(text));

/** @param {string} bytes */
const textOfBytes = (bytes) => new TextDecoder().decode(Uint8Array.from(bytes, (each) => each.charCodeAt(0)));
