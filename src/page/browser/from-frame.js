// Checks a message of a frame before the page acts on it: what an application sends may post anything there.

/** @import {FromFrame} from "./bridge.js" */

const LONGEST_TEXT = 1_000_000;
const LONGEST_BODY = 32 * 1024 * 1024;
const MOST_ITEMS = 200;

/** @typedef {(value: any) => boolean} Check */

/** @type {Check} */
const text = (value) => typeof value === "string" && value.length <= LONGEST_TEXT;
/** @type {Check} */
const number = (value) => Number.isSafeInteger(value);
/** @type {Check} */
const flag = (value) => typeof value === "boolean";
/** @type {Check} */
const bytes = (value) => value instanceof Uint8Array && value.length <= LONGEST_BODY;
/** @param {Check} check @returns {Check} */
const list = (check) => (value) => Array.isArray(value) && value.length <= MOST_ITEMS && value.every(check);
/** @param {...string} values @returns {Check} */
const oneOf = (...values) => (value) => values.includes(value);
/** @type {Check} */
const url = (value) => text(value) && URL.canParse(value);
/** @type {Check} */
const pair = (value) => list(text)(value) && value.length === 2;
// What headers and methods may hold: RFC 9110, 5.5, 5.6.2 and 9.1. A frame must not write lines into a request.
/** @type {Check} */
const token = (value) => text(value) && /^[\w!#$%&'*+.^`|~-]+$/.test(value);
/** @type {Check} */
const header = (value) => pair(value) && token(value[0]) && /^[\t -~\x80-\xff]*$/.test(value[1]);
/** @type {Check} */
const request = (value) =>
  token(value?.method) && url(value.url) && list(header)(value.headers) && (value.body === null || bytes(value.body));
const anything = () => true;

/** @type {{[T in FromFrame["type"]]: {[K in Exclude<keyof Extract<FromFrame, {type: T}>, "type">]-?: Check}}} */
const MESSAGES = {
  navigate: { request },
  fetch: { id: number, request, credentials: flag, redirect: oneOf("follow", "error", "manual") },
  abort: { id: number },
  connect: { id: number, url, subprotocols: list(token) },
  send: { id: number, data: (value) => text(value) || bytes(value) },
  close: { id: number, code: number, reason: text },
  cookie: { text },
  history: { url, push: flag, state: anything },
  traverse: { by: number },
  store: { area: oneOf("local", "session"), entries: list(pair) },
  shown: {},
  left: {},
};

/**
 * Whether a message is one that bridge.d.ts describes.
 *
 * @param {any} message
 * @returns {message is FromFrame}
 */
export function isFromFrame(message) {
  const type = message?.type;
  if (typeof type !== "string" || !Object.hasOwn(MESSAGES, type)) return false;
  /** @type {Record<string, Check>} */
  const checks = MESSAGES[/** @type {FromFrame["type"]} */ (type)];
  return Object.entries(checks).every(([key, check]) => check(message[key]));
}
